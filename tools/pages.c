/*
 * pages: build-time generator. Compiles the templates of pages into lists of struct page_op (web/page.h).
 *   pages OUT files...
 * It follows the HTML as it goes, so each value is escaped for the place where it stands; a value in a script, a style,
 * an event attribute or outside quotes does not compile. {{>name.html}} and {{>name.css}} put a file in.
 * {{asset name.js}} is the address of a script, which holds a hash of what is in it: an altered one has another.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { DEPTH_MAX = 16, NAME_MAX_BYTES = 64, INCLUDE_MAX = 8 };
typedef enum place { TEXT, TAG, QUOTED, RAW } place;

typedef struct file {
    const char *path;
    char *text;
} file;

static file *files;
static int file_count;

static struct {
    FILE *out;
    const char *path; /* of the file that is read now, for errors */
    int line;
    place place;
    char tag[NAME_MAX_BYTES], attribute[NAME_MAX_BYTES];
    bool url_begun; /* a literal part of a URL stands before */
    int op, depth;
    struct {
        char kind; /* 'i' if, 'e' else, 'l' each */
        char name[NAME_MAX_BYTES];
    } open[DEPTH_MAX];
} now;

static void fail(const char *why, const char *what)
{
    fprintf(stderr, "%s:%d: %s%s%s\n", now.path, now.line, why, *what ? ": " : "", what);
    exit(1);
}

static char *read_all(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) {
        perror(path);
        exit(1);
    }
    fseek(in, 0, SEEK_END);
    long size = ftell(in);
    rewind(in);
    char *text = calloc(1, (size_t)size + 1);
    if (!text || fread(text, 1, (size_t)size, in) != (size_t)size) {
        perror(path);
        exit(1);
    }
    fclose(in);
    return text;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void put_string(const char *s, size_t len)
{
    fputc('"', now.out);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '"' || c == '\\' || c == '?')
            fprintf(now.out, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", now.out);
        else if (c < 0x20 || c == 0x7f)
            fprintf(now.out, "\\%03o", c);
        else
            fputc(c, now.out);
    }
    fputc('"', now.out);
}

static void put_op(const char *kind, const char *s, size_t len)
{
    fprintf(now.out, "    { %s, ", kind);
    put_string(s, len);
    fprintf(now.out, ", %zu },\n", len);
    now.op++;
}

/* -- where in the HTML we are ------------------------------------------------------------------------- */
static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

static void step_text(const char **at)
{
    const char *p = *at;
    now.line += *p == '\n';
    if (now.place == TEXT && *p == '<' && (isalpha((unsigned char)p[1]) || p[1] == '/')) {
        size_t n = 0;
        for (p++; isalnum((unsigned char)*p) || *p == '/'; p++)
            if (n + 1 < sizeof now.tag)
                now.tag[n++] = (char)tolower((unsigned char)*p);
        now.tag[n] = 0;
        now.attribute[0] = 0;
        now.place = TAG;
        *at = p;
        return;
    }
    if (now.place == RAW && *p == '<' && p[1] == '/') {
        now.place = TEXT;
        return; /* read again as an end tag */
    }
    if (now.place == TAG && isalpha((unsigned char)*p)) {
        size_t n = 0;
        for (; isalnum((unsigned char)*p) || *p == '-'; p++)
            if (n + 1 < sizeof now.attribute)
                now.attribute[n++] = (char)tolower((unsigned char)*p);
        now.attribute[n] = 0;
        *at = p;
        return;
    }
    if (now.place == TAG && *p == '>')
        now.place = strcmp(now.tag, "style") == 0 || strcmp(now.tag, "script") == 0 ? RAW : TEXT;
    else if (now.place == TAG && *p == '\'')
        fail("attributes stand in double quotes", now.attribute);
    else if (now.place == TAG && *p == '"') {
        now.place = QUOTED;
        now.url_begun = false;
    } else if (now.place == QUOTED && *p == '"')
        now.place = TAG;
    else if (now.place == QUOTED)
        now.url_begun = true;
    *at = p + 1;
}

static const char *value_kind(void)
{
    static const char *const urls[] = { "href", "src", "action", "formaction", NULL };
    if (now.place == TEXT)
        return "PAGE_VALUE";
    if (now.place != QUOTED)
        fail("a value stands in text or in a quoted attribute", now.tag);
    if (strncmp(now.attribute, "on", 2) == 0 || strcmp(now.attribute, "style") == 0)
        fail("no value may stand here", now.attribute);
    if (!is_one_of(now.attribute, urls))
        return "PAGE_VALUE";
    return now.url_begun ? "PAGE_PART_OF_URL" : "PAGE_URL";
}

/* -- what stands in {{ }} ----------------------------------------------------------------------------- */
static void compile(const char *path, int depth);

static void open_block(char kind, const char *name)
{
    if (now.depth == DEPTH_MAX)
        fail("too many blocks in each other", name);
    now.open[now.depth].kind = kind;
    snprintf(now.open[now.depth++].name, NAME_MAX_BYTES, "%s", name);
}

static char *small_of(const char *text);

/* FNV-1a: tells one version from the next, and is no secret. */
static uint64_t hash_of(const char *s)
{
    uint64_t hash = 14695981039346656037u;
    for (; *s; s++)
        hash = (hash ^ (unsigned char)*s) * 1099511628211u;
    return hash;
}

/* "live.js" in a folder is "live.0123456789abcdef.js" for whoever asks. */
static void put_asset_name(const file *f, char out[NAME_MAX_BYTES * 2])
{
    const char *name = base_of(f->path);
    char *small = small_of(f->text);
    snprintf(out, NAME_MAX_BYTES * 2, "%.*s.%016llx.js", (int)(strlen(name) - 3), name, (unsigned long long)hash_of(small));
    free(small);
}

static void put_asset(const char *name)
{
    char address[NAME_MAX_BYTES * 2 + 8] = "/a/";
    if (now.place != QUOTED)
        fail("an asset stands in an attribute", name);
    for (int i = 0; i < file_count; i++)
        if (strcmp(base_of(files[i].path), name) == 0) {
            put_asset_name(&files[i], address + 3);
            put_op("PAGE_TEXT", address, strlen(address));
            now.url_begun = true;
            return;
        }
    fail("there is no such file", name);
}

static void directive(char *inside, int depth)
{
    if (strncmp(inside, "#if ", 4) == 0) {
        open_block('i', inside + 4);
        put_op("PAGE_IF", inside + 4, strlen(inside + 4));
    } else if (strncmp(inside, "#each ", 6) == 0) {
        open_block('l', inside + 6);
        put_op("PAGE_EACH", inside + 6, strlen(inside + 6));
    } else if (strcmp(inside, "else") == 0) {
        if (!now.depth || now.open[now.depth - 1].kind != 'i')
            fail("else belongs to an if", "");
        now.open[now.depth - 1].kind = 'e';
        put_op("PAGE_ELSE", "", 0);
    } else if (strcmp(inside, "/if") == 0 || strcmp(inside, "/each") == 0) {
        bool list = inside[1] == 'e';
        if (!now.depth || (now.open[now.depth - 1].kind == 'l') != list)
            fail("this block is not open", inside);
        now.depth--;
        put_op(list ? "PAGE_END_EACH" : "PAGE_END_IF", "", 0);
    } else if (*inside == '>') {
        for (int i = 0; i < file_count; i++)
            if (strcmp(base_of(files[i].path), inside + 1) == 0) {
                compile(files[i].path, depth + 1);
                return;
            }
        fail("there is no such file", inside + 1);
    } else if (strncmp(inside, "asset ", 6) == 0) {
        put_asset(inside + 6);
    } else if (strncmp(inside, "t ", 2) == 0) {
        value_kind();
        put_op("PAGE_WORDS", inside + 2, strlen(inside + 2));
    } else {
        for (const char *c = inside; *c; c++)
            if (!isalnum((unsigned char)*c) && *c != '_')
                fail("what is this", inside);
        put_op(value_kind(), inside, strlen(inside));
        now.url_begun = true;
    }
}

/* A style sheet or script goes in as it is, less its indentation: the phone pays for each byte. */
static char *small_of(const char *text)
{
    char *small = malloc(strlen(text) + 1), *to = small;
    for (const char *p = text; *p; p++) {
        if (p[0] == '/' && p[1] == '*') {
            p = strstr(p, "*/") + 1;
        } else if (*p == '\n') {
            while (isspace((unsigned char)p[1]))
                p++;
            if (to > small && to[-1] != '\n')
                *to++ = '\n';
        } else {
            *to++ = *p;
        }
    }
    *to = 0;
    return small;
}

static void put_raw(const char *text)
{
    char *small = small_of(text);
    put_op("PAGE_TEXT", small, strlen(small));
    free(small);
}

static void put_bytes(const unsigned char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        fprintf(now.out, "%s%u,", i % 24 ? "" : "\n    ", at[i]);
}

/* Squeezed once, as hard as it goes. */
static void put_squeezed(const char *text)
{
    static unsigned char room[256 << 10];
    z_stream z = { .next_in = (Bytef *)(uintptr_t)text, .avail_in = (uInt)strlen(text), .next_out = room, .avail_out = sizeof room };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK || deflate(&z, Z_FINISH) != Z_STREAM_END)
        fail("this cannot be squeezed", "");
    put_bytes(room, z.total_out);
    deflateEnd(&z);
}

/*
 * Squeezed once too, as a part of a page: raw, ending with a full flush at a byte's edge, so that what comes before and
 * behind it is squeezed apart and joined.
 */
static void put_style(const file *f, int i)
{
    static unsigned char room[256 << 10];
    char *small = small_of(f->text);
    size_t len = strlen(small);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)small, .avail_in = (uInt)len, .next_out = room, .avail_out = sizeof room };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK || deflate(&z, Z_FULL_FLUSH) != Z_OK || z.avail_in)
        fail("this cannot be squeezed", f->path);
    fprintf(now.out, "static const unsigned char style_%d[] = {", i);
    put_bytes((const unsigned char *)small, len);
    fprintf(now.out, "\n};\nstatic const unsigned char style_%d_deflated[] = {", i);
    put_bytes(room, z.total_out);
    fputs("\n};\n", now.out);
    deflateEnd(&z);
    free(small);
}

static bool is_style(const file *f)
{
    return strstr(base_of(f->path), ".css") != NULL;
}

static void put_styles(void)
{
    for (int i = 0; i < file_count; i++)
        if (is_style(&files[i]))
            put_style(&files[i], i);
    fputs("const page_style page_styles[] = {\n", now.out);
    for (int i = 0; i < file_count; i++) {
        if (!is_style(&files[i]))
            continue;
        char *small = small_of(files[i].text);
        fprintf(now.out, "    { style_%d, sizeof style_%d, style_%d_deflated, sizeof style_%d_deflated, %luu },\n", i, i, i, i,
                crc32(0, (const Bytef *)small, (uInt)strlen(small)));
        free(small);
    }
    fputs("    { 0, 0, 0, 0, 0 },\n};\n", now.out);
}

static bool is_asset(const file *f)
{
    size_t len = strlen(f->path);
    return len > 3 && strcmp(f->path + len - 3, ".js") == 0;
}

static void put_assets(void)
{
    for (int i = 0; i < file_count; i++) {
        if (!is_asset(&files[i]))
            continue;
        char *small = small_of(files[i].text);
        fprintf(now.out, "static const unsigned char asset_%d[] = {", i);
        put_bytes((const unsigned char *)small, strlen(small));
        fprintf(now.out, "\n};\nstatic const unsigned char asset_%d_gz[] = {", i);
        put_squeezed(small);
        fputs("\n};\n", now.out);
        free(small);
    }
    fputs("const page_asset page_assets[] = {\n", now.out);
    for (int i = 0; i < file_count; i++) {
        char name[NAME_MAX_BYTES * 2];
        if (!is_asset(&files[i]))
            continue;
        put_asset_name(&files[i], name);
        fprintf(now.out, "    { \"%s\", asset_%d, sizeof asset_%d, asset_%d_gz, sizeof asset_%d_gz },\n", name, i, i, i, i);
    }
    fputs("    { 0, 0, 0, 0, 0 },\n};\n", now.out);
}

/* Runs of white space between tags become one line end. */
static void put_text(const char *from, const char *to)
{
    char *small = malloc((size_t)(to - from) + 1), *at = small;
    for (const char *p = from; p < to; p++) {
        if (*p == '\n') {
            while (p + 1 < to && isspace((unsigned char)p[1]))
                p++;
            *at++ = '\n';
        } else {
            *at++ = *p;
        }
    }
    if (at > small)
        put_op("PAGE_TEXT", small, (size_t)(at - small));
    free(small);
}

static void compile(const char *path, int depth)
{
    if (depth > INCLUDE_MAX)
        fail("files put each other in", path);
    const char *outer = now.path;
    int outer_line = now.line;
    now.path = path;
    now.line = 1;
    char *text = NULL;
    for (int i = 0; i < file_count; i++)
        if (strcmp(files[i].path, path) == 0)
            text = files[i].text;
    if (strcmp(path + strlen(path) - 5, ".html") != 0) {
        put_raw(text);
        now.path = outer;
        now.line = outer_line;
        return;
    }
    const char *from = text, *at = text;
    while (*at) {
        if (at[0] != '{' || at[1] != '{') {
            step_text(&at);
            continue;
        }
        put_text(from, at);
        const char *end = strstr(at, "}}");
        char inside[512];
        if (!end || (size_t)(end - at) >= sizeof inside)
            fail("this is not closed", "{{");
        snprintf(inside, sizeof inside, "%.*s", (int)(end - at - 2), at + 2);
        directive(inside, depth);
        from = at = end + 2;
    }
    put_text(from, at);
    now.path = outer;
    now.line = outer_line;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: pages OUT files...\n", stderr);
        return 2;
    }
    files = calloc((size_t)argc, sizeof *files);
    for (int i = 2; i < argc; i++)
        files[file_count++] = (file){ argv[i], read_all(argv[i]) };
    now.out = fopen(argv[1], "w");
    if (!now.out) {
        perror(argv[1]);
        return 1;
    }
    fputs("/* Made by tools/pages.c; do not edit. */\n#include \"web/page.h\"\n\n", now.out);
    for (int i = 0; i < file_count; i++) {
        const char *name = base_of(files[i].path);
        if (name[0] == '_' || !strstr(name, ".html"))
            continue;
        now.place = TEXT;
        now.op = now.depth = 0;
        fprintf(now.out, "static const page_op page_%.*s[] = {\n", (int)strcspn(name, "."), name);
        compile(files[i].path, 0);
        if (now.depth) {
            now.path = files[i].path;
            fail("this block is not closed", now.open[now.depth - 1].name);
        }
        fputs("    { PAGE_END, 0, 0 },\n};\n", now.out);
    }
    fputs("const page pages[] = {\n", now.out);
    for (int i = 0; i < file_count; i++) {
        const char *name = base_of(files[i].path);
        if (name[0] != '_' && strstr(name, ".html"))
            fprintf(now.out, "    { \"%.*s\", page_%.*s },\n", (int)strcspn(name, "."), name, (int)strcspn(name, "."), name);
    }
    fputs("    { 0, 0 },\n};\n", now.out);
    put_styles();
    put_assets();
    return fclose(now.out) == 0 ? 0 : 1;
}
