#include "web/page.h"

#include <assert.h>
#include <string.h>

/* -- the tree ------------------------------------------------------------------------------------------ */
typedef struct leaf leaf;
struct leaf {
    leaf *next;
    const char *name;
    str s;       /* a value, or */
    tree *first; /* the items of a list */
    tree *last;
};
struct tree {
    arena *a;
    const tree *around;
    tree *next; /* in its list */
    leaf *leaves;
};

tree *tree_new(arena *a)
{
    tree *t = arena_new(a, tree);
    t->a = a;
    return t;
}

static leaf *own_leaf(const tree *t, str name)
{
    for (leaf *l = t->leaves; l; l = l->next)
        if (str_is(name, l->name))
            return l;
    return NULL;
}

static const leaf *leaf_of(const tree *t, str name)
{
    for (; t; t = t->around) {
        const leaf *l = own_leaf(t, name);
        if (l)
            return l;
    }
    return NULL;
}

static leaf *leaf_new(tree *t, const char *name)
{
    leaf *l = own_leaf(t, str_of(name));
    if (l)
        return l;
    l = arena_new(t->a, leaf);
    *l = (leaf){ .next = t->leaves, .name = name };
    return t->leaves = l;
}

void tree_text(tree *t, const char *name, str s)
{
    leaf_new(t, name)->s = s;
}

void tree_int(tree *t, const char *name, int64_t n)
{
    tree_text(t, name, n ? text_format(t->a, "%lld", (long long)n) : STR("0"));
}

void tree_yes(tree *t, const char *name, bool yes)
{
    tree_text(t, name, yes ? STR("1") : (str){ 0 });
}

tree *tree_add(tree *t, const char *list)
{
    leaf *l = leaf_new(t, list);
    tree *item = tree_new(t->a);
    item->around = t;
    if (l->last)
        l->last->next = item;
    else
        l->first = item;
    return l->last = item;
}

static str value_of(const tree *t, str name)
{
    const leaf *l = leaf_of(t, name);
    return l ? l->s : (str){ 0 };
}

static bool is_true(const tree *t, str name)
{
    const leaf *l = leaf_of(t, name);
    return l && (l->first || (l->s.len && !str_is(l->s, "0")));
}

/* -- escaping ------------------------------------------------------------------------------------------ */
/* The same for text and for attributes in double quotes. */
static void put_escaped(text *t, str s)
{
    size_t from = 0;
    for (size_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? s.at[i] : 0;
        const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
        if (!as && i < s.len)
            continue;
        text_put(t, str_part(s, from, i - from));
        if (as)
            text_put_z(t, as);
        from = i + 1;
    }
}

static void put_part_of_url(text *t, str s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || strchr("-._~", c))
            text_put(t, (str){ &s.at[i], 1 });
        else
            text_put(t, (str){ (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3 });
    }
}

static void put_url(text *t, str s)
{
    static const char *const begins[] = { "?", "#", "tel:", "https://", "http://", "webcal://" };
    bool fine = str_starts(s, STR("/")) && !str_starts(s, STR("//")) && !str_starts(s, STR("/\\"));
    for (size_t i = 0; !fine && i < COUNT(begins); i++)
        fine = str_starts(s, str_of(begins[i]));
    put_escaped(t, fine ? s : STR("#"));
}

/* -- a page -------------------------------------------------------------------------------------------- */
const page *page_find(const char *name)
{
    for (const page *p = pages; p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p;
    assert(!"no such page");
    return NULL;
}

static str key_of(const page_op *op, str *rest)
{
    str key;
    *rest = (str){ op->s, op->len };
    str_split(rest, ' ', &key);
    return key;
}

static void put_words(text *t, arena *a, const page_op *op, const tree *values, words_lang lang)
{
    word_value given[WORD_VALUES_MAX + 1] = { 0 };
    size_t count = 0;
    str rest, part, name, key = key_of(op, &rest);
    while (rest.len && str_split(&rest, ' ', &part) && count < WORD_VALUES_MAX) {
        str_split(&part, '=', &name);
        given[count++] = (word_value){ str_z(a, name), value_of(values, part) };
    }
    put_escaped(t, words_get(a, lang, str_z(a, key), given));
}

/* Past the block that begins at op: behind its end, or behind its else. */
static const page_op *skip(const page_op *op, bool to_else)
{
    int depth = 0;
    for (op++;; op++) {
        assert(op->kind != PAGE_END);
        if (op->kind == PAGE_IF || op->kind == PAGE_EACH)
            depth++;
        else if (op->kind == PAGE_ELSE && !depth && to_else)
            return op + 1;
        else if ((op->kind == PAGE_END_IF || op->kind == PAGE_END_EACH) && depth-- == 0)
            return op + 1;
    }
}

static void put_ops(text *t, arena *a, const page_op *op, const tree *values, words_lang lang)
{
    while (op->kind != PAGE_END && op->kind != PAGE_END_EACH) {
        str name = { op->s, op->len };
        if (op->kind == PAGE_IF && !is_true(values, name)) {
            op = skip(op, true);
            continue;
        }
        if (op->kind == PAGE_ELSE) {
            op = skip(op, false);
            continue;
        }
        if (op->kind == PAGE_EACH) {
            const leaf *l = leaf_of(values, name);
            for (const tree *item = l ? l->first : NULL; item; item = item->next)
                put_ops(t, a, op + 1, item, lang);
            op = skip(op, false);
            continue;
        }
        if (op->kind == PAGE_TEXT)
            text_put(t, name);
        else if (op->kind == PAGE_VALUE)
            put_escaped(t, value_of(values, name));
        else if (op->kind == PAGE_URL)
            put_url(t, value_of(values, name));
        else if (op->kind == PAGE_PART_OF_URL)
            put_part_of_url(t, value_of(values, name));
        else if (op->kind == PAGE_WORDS)
            put_words(t, a, op, values, lang);
        op++;
    }
}

str page_render(arena *a, const page *p, const tree *values, words_lang lang)
{
    text t = text_begin(a);
    put_ops(&t, a, p->ops, values, lang);
    return text_done(&t);
}

bool page_key(const page *p, size_t *from, str *key)
{
    for (; p->ops[*from].kind != PAGE_END; (*from)++)
        if (p->ops[*from].kind == PAGE_WORDS) {
            str rest;
            *key = key_of(&p->ops[(*from)++], &rest);
            return true;
        }
    return false;
}
