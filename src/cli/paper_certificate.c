#include "base/file.h"
#include "base/map.h"
#include "cli/paper_making.h"
#include "cli/worker.h"
#include "command/key.h"
#include "domain/attendance.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* So many are taken and counted as printed at once. */
enum { PIECE = 200, RECORDERS_MAX = 3 };

typedef struct certifying {
    const making *m;
    rows list; /* of the view `certificate`, the void ones too */
    LIST(size_t) valid;
    str contact, public_key;
    print_document *papers; /* one for each of valid */
} certifying;

/* -- which ------------------------------------------------------------------------------------------------- */
static err *load_list(certifying *c)
{
    const paper_wanted *w = c->m->w;
    value one = w->id ? V_INT(w->id) : V_NULL, all = w->id ? V_NULL : V_INT(w->operation);
    TRY(making_view(c->m, "certificate", NAMED({ "certificate", one }, { "operation", all }), &c->list));
    for (size_t i = 0; i < c->list.count; i++)
        if (w->id || !rows_int(&c->list, i, "revoked_at"))
            *list_add(c->m->a, &c->valid) = i;
    if (c->valid.count)
        return NULL;
    return w->id ? err_new(c->m->a, ERR_NOT_FOUND, "certificate.missing", VALUES({ "id", making_int(c->m, w->id) }))
                 : err_new(c->m->a, ERR_NOT_FOUND, "paper.no_certificates",
                           VALUES({ "operation", making_int(c->m, w->operation) }));
}

static err *load_key(certifying *c)
{
    const keys *k = NULL;
    unsigned char bytes[KEY_PUBLIC_BYTES];
    text t = text_begin(c->m->a);
    TRY(app_keys_kept(c->m->w->app, c->m->a, &k));
    key_public(k, bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text_printf(&t, "%02x", bytes[i]);
    c->public_key = text_done(&t);
    return NULL;
}

/* -- where ------------------------------------------------------------------------------------------------- */
static bool splits_names(char c)
{
    return (unsigned char)c < ' ' || strchr("/\\:*?\"<>|", c);
}

/* 2020-1-000012 林知远.pdf: one by its number, told apart by eye by the name. */
static str file_of(const certifying *c, size_t row)
{
    str name = text_format(c->m->a, "%.*s %.*s", STR_ARG(rows_text(&c->list, row, "number")),
                           STR_ARG(rows_text(&c->list, row, "name")));
    char *at = arena_copy(c->m->a, name.at, name.len);
    for (size_t i = 0; i < name.len; i++)
        at[i] = splits_names(at[i]) ? '_' : at[i];
    return text_format(c->m->a, "%s/%.*s.pdf", c->m->w->path, (int)name.len, at);
}

/* Before anything counts as printed. */
static err *check_place(const certifying *c)
{
    arena *a = c->m->a;
    const char *path = c->m->w->path, *slash = strrchr(path, '/');
    if (!c->m->w->id)
        TRY(file_make_dir(a, path));
    else
        path = !slash ? "." : slash == path ? "/" : str_z(a, (str){ path, (size_t)(slash - path) });
    return access(path, W_OK | X_OK) == 0 ? NULL : file_err(a, path, errno);
}

/* -- what -------------------------------------------------------------------------------------------------- */
static str source_of(const certifying *c, str via, str marks)
{
    if (attendance_marks_read(marks) & MARK_CLOSED_BY_RULE)
        return making_word(c->m, "certificate.via.rule", NULL);
    const char *key = text_format(c->m->a, "certificate.via.%.*s", STR_ARG(via)).at;
    return words_has(c->m->w->lang, key) ? making_word(c->m, key, NULL) : via;
}

/* Who confirmed the hours, each once. */
static str recorders(const certifying *c, const print_certificate_sheet *s)
{
    text t = text_begin(c->m->a);
    str named[RECORDERS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < s->days.count && count < RECORDERS_MAX; i++) {
        str who = s->days.at[i].confirmed_by;
        bool had = !who.len;
        for (size_t k = 0; k < count; k++)
            had |= str_equal(named[k], who);
        if (had)
            continue;
        if (count)
            words_put(&t, c->m->w->lang, "command.and", NULL);
        text_put(&t, named[count++] = who);
    }
    return text_done(&t);
}

/* The whole annex, and who recorded it, whoever prints: the command has asked whether he may. */
static err *load_days(const certifying *c, size_t row, print_certificate_sheet *s)
{
    rows r = { 0 };
    TRY(making_view_all(c->m, "certificate_day",
                        NAMED({ "person", *rows_at(&c->list, row, "person_id") }, { "operation", V_INT(c->m->w->operation) }), &r));
    s->days.at = arena_many(c->m->a, print_certificate_day, r.count + 1);
    for (size_t i = 0; i < r.count; i++) {
        print_certificate_day d = { .post = rows_text(&r, i, "post"), .arrived_at = rows_int(&r, i, "in_at"),
                                    .left_at = rows_int(&r, i, "out_at"), .minutes = (int)rows_int(&r, i, "minutes"),
                                    .confirmed_by = rows_text(&r, i, "confirmed_by"),
                                    .source = source_of(c, rows_text(&r, i, "via"), rows_text(&r, i, "marks")) };
        civil_day_read(rows_text(&r, i, "starts_on"), &d.day);
        s->days.at[s->days.count++] = d;
    }
    s->recorder = recorders(c, s);
    return NULL;
}

static err *fill(const certifying *c, size_t row, str answer, print_document *d)
{
    const rows *r = &c->list;
    const paper_wanted *w = c->m->w;
    print_certificate_sheet s = {
        .head = { .lang = w->lang, .created_at = w->now, .zone = rows_text(r, row, "zone"),
                  .qr = making_text(c->m, answer, "code") },
        .number = rows_text(r, row, "number"), .tag = rows_text(r, row, "tag"), .name = rows_text(r, row, "name"), .operation = rows_text(r, row, "operation"),
        .community = rows_text(r, row, "community"), .service = rows_text(r, row, "service"),
        .minutes = (int)rows_int(r, row, "minutes"), .issuer = rows_text(r, row, "issuer"), .contact = c->contact,
        .public_key = c->public_key, .issued_at = rows_int(r, row, "issued_at"),
        .print_count = (int)making_number(answer, "print_count"), .replaces = rows_text(r, row, "replaces"), .notice = w->notice,
    };
    civil_day_read(rows_text(r, row, "from_on"), &s.from_on);
    civil_day_read(rows_text(r, row, "to_on"), &s.to_on);
    TRY(load_days(c, row, &s));
    *d = (print_document){ .kind = PRINT_CERTIFICATE, .path = w->id ? str_of(w->path) : file_of(c, row), .certificate = s };
    return NULL;
}

/* A command for each says who prints it, counts it, and gives the code only if what was signed still stands. */
static err *take_piece(const certifying *c, size_t from, size_t count)
{
    call calls[PIECE];
    str answers[PIECE] = { 0 };
    for (size_t i = 0; i < count; i++)
        calls[i] = making_call(c->m, "certificate.print",
                               arena_copy(c->m->a, NAMED({ "certificate", *rows_at(&c->list, c->valid.at[from + i], "id") }),
                                          2 * sizeof(named)));
    TRY(app_commands(c->m->w->app, c->m->a, calls, count, answers));
    for (size_t i = 0; i < count; i++)
        TRY(fill(c, c->valid.at[from + i], answers[i], &c->papers[from + i]));
    return NULL;
}

err *making_certificates(const making *given)
{
    paper_wanted w = *given->w;
    making m = { given->a, &w };
    certifying c = { .m = &m };
    TRY(load_list(&c));
    TRY(load_key(&c));
    if (w.id)
        w.operation = rows_int(&c.list, 0, "operation_id");
    TRY(making_contact(&m, w.operation, &c.contact));
    TRY(check_place(&c));
    c.papers = arena_many(m.a, print_document, c.valid.count);
    for (size_t i = 0; i < c.valid.count; i += PIECE)
        TRY(take_piece(&c, i, c.valid.count - i < PIECE ? c.valid.count - i : PIECE));
    return worker_print_many(m.a, w.lang, c.papers, c.valid.count);
}
