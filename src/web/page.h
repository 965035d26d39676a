/*
 * page: HTML made from a template of pages/ and a tree of values. Templates are compiled by tools/pages.c, which knows for
 * each value where it stands (text, quoted attribute, URL); here it is escaped for that place. Words come from the
 * catalogues: {{t key n=value}} takes the tree's `value` as the word's {n}.
 */
#ifndef MUSTER_WEB_PAGE_H
#define MUSTER_WEB_PAGE_H
#include "base/rows.h"
#include "base/words.h"

typedef enum page_kind {
    PAGE_END, PAGE_TEXT, PAGE_VALUE, PAGE_URL, PAGE_PART_OF_URL, PAGE_WORDS, PAGE_IF, PAGE_ELSE, PAGE_END_IF, PAGE_EACH,
    PAGE_END_EACH
} page_kind;
typedef struct page_op {
    page_kind kind;
    const char *s; /* text, a name, or a key with its values */
    size_t len;
} page_op;
typedef struct page {
    const char *name; /* of the file, without ending */
    const page_op *ops;
} page;
extern const page pages[];        /* ends with a null name */
/* A style sheet as it stands in pages. Squeezed: raw deflate that ends with a full flush, to be joined to what is around. */
typedef struct page_style {
    const unsigned char *at;
    size_t len;
    const unsigned char *squeezed;
    size_t squeezed_len;
    uint32_t crc; /* crc32 of the text */
} page_style;
extern const page_style page_styles[]; /* ends with a null text */
/* A file that pages name by {{asset}}, under /a/: its name holds a hash of its bytes. */
typedef struct page_asset {
    const char *name; /* live.0123456789abcdef.js */
    const unsigned char *at;
    size_t len;
    const unsigned char *squeezed; /* gzip */
    size_t squeezed_len;
} page_asset;
extern const page_asset page_assets[]; /* ends with a null name */
const page *page_find(const char *name); /* that it exists is asserted */

/* Values by name; a name not found here is looked for in the tree around. A value that is nowhere is empty and false. */
typedef struct tree tree;
tree *tree_new(arena *a);
void tree_text(tree *t, const char *name, str s); /* not empty: true for an if */
void tree_int(tree *t, const char *name, int64_t n); /* not 0: true */
void tree_yes(tree *t, const char *name, bool yes);
/* One more item of the list; an empty or missing list is false. */
tree *tree_add(tree *t, const char *list);

/* The URL of a link: /path, ?query, #place, tel:, webcal:, or https: and http:; anything else becomes "#". */
str page_render(arena *a, const page *p, const tree *t, words_lang lang);
/* For tests: every key of words the page names; false at the end. */
bool page_key(const page *p, size_t *from, str *key);
#endif
