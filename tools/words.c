/*
 * words: build-time generator. Joins the word files of each language into sorted arrays.
 *   words OUT zh-CN files... -- en files...
 * A key that stands twice, or a line that is neither `key = text` nor a comment, stops the build.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 8192, WORDS_MAX = 20000 };

typedef struct word {
    char *key, *text;
    const char *file;
    int line;
} word;

static word words[WORDS_MAX];
static size_t word_count;

static void fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    exit(1);
}

static char *trim(char *s)
{
    while (isspace((unsigned char)*s))
        s++;
    char *end = s + strlen(s);
    while (end > s && isspace((unsigned char)end[-1]))
        *--end = '\0';
    return s;
}

static void read_file(const char *file)
{
    FILE *in = fopen(file, "r");
    if (!in)
        fail(file, 0, "cannot be read");
    static char raw[LINE_MAX_BYTES];
    for (int line = 1; fgets(raw, sizeof raw, in); line++) {
        if (!strchr(raw, '\n') && !feof(in))
            fail(file, line, "line too long");
        char *key = trim(raw);
        if (!*key || *key == '#')
            continue;
        char *equals = strchr(key, '=');
        if (!equals)
            fail(file, line, "expected key = text");
        *equals = '\0';
        key = trim(key);
        if (!*key ||
            key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_.ABCDEFGHIJKLMNOPQRSTUVWXYZ-")])
            fail(file, line, "a key has letters, digits, dots and underscores");
        if (word_count == WORDS_MAX)
            fail(file, line, "too many words");
        words[word_count++] = (word){ strdup(key), strdup(trim(equals + 1)), file, line };
    }
    fclose(in);
}

static int by_key(const void *a, const void *b)
{
    const word *x = a, *y = b;
    return strcmp(x->key, y->key);
}

/* In the word files \n is a new line and \\ a backslash. */
static void put_quoted(FILE *out, const char *s)
{
    fputc('"', out);
    for (; *s; s++) {
        if (*s == '\\' && (s[1] == 'n' || s[1] == '\\')) {
            fprintf(out, "\\%c", *++s);
        } else if (*s == '"' || *s == '\\' || *s == '?') {
            fprintf(out, "\\%c", *s);
        } else {
            fputc(*s, out);
        }
    }
    fputc('"', out);
}

static void write_language(FILE *out, int language)
{
    qsort(words, word_count, sizeof *words, by_key);
    fprintf(out, "static const word_entry words_%d[] = {\n", language);
    for (size_t i = 0; i < word_count; i++) {
        if (i && strcmp(words[i].key, words[i - 1].key) == 0)
            fail(words[i].file, words[i].line, words[i].key);
        fprintf(out, "    { \"%s\", ", words[i].key);
        put_quoted(out, words[i].text);
        fputs(" },\n", out);
    }
    fputs("    { NULL, NULL },\n};\n", out);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        fail("words", 0, "usage: words OUT zh-CN files... -- en files...");
    FILE *out = fopen(argv[1], "w");
    if (!out)
        fail(argv[1], 0, "cannot be written");
    fputs("/* Made by tools/words.c from the word files; do not edit. */\n"
          "#include \"base/words_data.h\"\n\n",
          out);
    size_t counts[2] = { 0 };
    int language = 0;
    for (int i = 2; i <= argc; i++) {
        if (i < argc && strcmp(argv[i], "--") != 0) {
            read_file(argv[i]);
            continue;
        }
        if (language == 2)
            fail("words", 0, "two languages, no more");
        write_language(out, language);
        counts[language++] = word_count;
        word_count = 0;
    }
    fprintf(out, "const word_entries words_data[] = { { words_0, %zu }, { words_1, %zu } };\n",
            counts[0], counts[1]);
    return fclose(out) == 0 ? 0 : 1;
}
