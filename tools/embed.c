/*
 * embed: build-time generator. Puts files into the program as a list of struct embedded.
 *   embed OUT NAME files...
 * The name of each is the file's without folder and ending; the order is that of the arguments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *file)
{
    perror(file);
    exit(1);
}

/* Line by line as a string literal: what a debugger or reader of build/gen sees is the file. */
static void put_text(FILE *out, FILE *in)
{
    long length = 0;
    fputs("      \"", out);
    for (int c; (c = fgetc(in)) != EOF; length++) {
        if (c == '\n')
            fputs("\\n\"\n      \"", out);
        else if (c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(out, "\\%03o", (unsigned)c);
        else
            fputc(c, out);
    }
    fprintf(out, "\", %ld },\n", length);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: embed OUT NAME files...\n", stderr);
        return 2;
    }
    FILE *out = fopen(argv[1], "w");
    if (!out)
        fail(argv[1]);
    fprintf(out,
            "/* Made by tools/embed.c; do not edit. */\n#include \"base/embed.h\"\n\n"
            "const embedded %s[] = {\n",
            argv[2]);
    for (int i = 3; i < argc; i++) {
        FILE *in = fopen(argv[i], "r");
        if (!in)
            fail(argv[i]);
        const char *slash = strrchr(argv[i], '/');
        const char *name = slash ? slash + 1 : argv[i];
        fprintf(out, "    { \"%.*s\",\n", (int)strcspn(name, "."), name);
        put_text(out, in);
        fclose(in);
    }
    fputs("    { 0 },\n};\n", out);
    return fclose(out) == 0 ? 0 : 1;
}
