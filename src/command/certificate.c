#include "domain/certificate.h"

#include "base/civil.h"
#include "command/command.h"
#include "command/key.h"

typedef struct issuing {
    int64_t person, operation, id;
    value replaces;
    certificate fields;
    value community_code;
} issuing;

static str number_text(context *c, int64_t n)
{
    return text_format(c->a, "%lld", (long long)n);
}

static err *load_about(context *c, issuing *i)
{
    rows r = { 0 };
    civil_zone *zone = NULL;
    civil_day day;
    int minute;
    TRY(query(c, "certificate.about", NAMED({ "person", V_INT(i->person) }, { "operation", V_INT(i->operation) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "certificate.nobody",
                      VALUES({ "person", number_text(c, i->person) }, { "operation", number_text(c, i->operation) }));
    i->fields.name = rows_text(&r, 0, "name");
    i->fields.operation = rows_text(&r, 0, "title");
    TRY(civil_zone_open(c->a, rows_text(&r, 0, "zone"), &zone));
    civil_local(zone, c->now, &day, &minute);
    i->fields.issued_on = civil_day_text(c->a, day);
    return NULL;
}

/* Hours come from attendance that was confirmed, never from a roster. */
static err *load_hours(context *c, issuing *i)
{
    rows r = { 0 };
    const named *who = NAMED({ "person", V_INT(i->person) }, { "operation", V_INT(i->operation) });
    TRY(query(c, "certificate.hours", who, &r));
    if (!rows_int(&r, 0, "entries"))
        return refuse(c, ERR_CONFLICT, "certificate.no_hours", NULL);
    i->fields.minutes = rows_int(&r, 0, "minutes");
    i->fields.from_on = rows_text(&r, 0, "from_on");
    i->fields.to_on = rows_text(&r, 0, "to_on");
    TRY(query(c, "certificate.community", who, &r));
    i->community_code = *rows_at(&r, 0, "community_code");
    i->fields.community = rows_text(&r, 0, "name");
    return NULL;
}

/* What was done: as written, else the posts stood at longest. */
static err *load_service(context *c, issuing *i)
{
    rows r = { 0 };
    if (i->fields.service.len)
        return NULL;
    TRY(query(c, "certificate.posts", NAMED({ "person", V_INT(i->person) }, { "operation", V_INT(i->operation) }), &r));
    text t = text_begin(c->a);
    for (size_t k = 0; k < r.count; k++) {
        if (k)
            words_put(&t, c->lang, "command.and", NULL);
        text_put(&t, rows_text(&r, k, "name"));
    }
    i->fields.service = text_done(&t);
    return NULL;
}

/* The operation is locked: numbers run without a gap. */
static err *number_next(context *c, issuing *i)
{
    rows r = { 0 };
    const named *operation = NAMED({ "operation", V_INT(i->operation) });
    TRY(query(c, "certificate.lock", operation, NULL));
    TRY(query(c, "certificate.next_number", operation, &r));
    i->fields.number = text_format(c->a, "%.*s-%lld-%06lld", STR_ARG(str_part(i->fields.issued_on, 0, 4)),
                                   (long long)i->operation, (long long)rows_int(&r, 0, "number"));
    return NULL;
}

static err *refuse_second(context *c, const issuing *i)
{
    rows r = { 0 };
    TRY(query(c, "certificate.valid", NAMED({ "person", V_INT(i->person) }, { "operation", V_INT(i->operation) }), &r));
    if (r.count)
        return refuse(c, ERR_CONFLICT, "certificate.exists", VALUES({ "number", rows_text(&r, 0, "number") }));
    return NULL;
}

static err *sign_and_save(context *c, issuing *i, value by)
{
    const keys *k = NULL;
    unsigned char signature[KEY_SIGNATURE_BYTES];
    TRY(app_keys(c->app, c->a, &k));
    key_sign(k, certificate_fields(c->a, &i->fields), signature);
    str sealed = str_copy(c->a, (str){ (const char *)signature, sizeof signature });
    TRY(next_id(c, &i->id));
    command_result(c, "id", i->id);
    command_result_text(c, "number", i->fields.number);
    command_result_int(c, "minutes", i->fields.minutes);
    command_about(c, i->person);
    return query(c, "certificate.add",
                 NAMED({ "id", V_INT(i->id) }, { "person", V_INT(i->person) }, { "operation", V_INT(i->operation) },
                       { "number", V_TEXT(i->fields.number) }, { "minutes", V_INT(i->fields.minutes) },
                       { "from_on", V_TEXT(i->fields.from_on) }, { "to_on", V_TEXT(i->fields.to_on) },
                       { "issuer", V_TEXT(i->fields.issuer) }, { "signature", V_BLOB(sealed) },
                       { "tag", V_TEXT(certificate_tag(c->a, sealed)) }, { "now", V_INT(c->now) },
                       { "by", by }, { "community_code", i->community_code }, { "service", V_TEXT(i->fields.service) },
                       { "replaces", i->replaces }),
                 NULL);
}

static err *issue(context *c, issuing *i, value by)
{
    TRY(load_about(c, i));
    TRY(load_hours(c, i));
    TRY(load_service(c, i));
    TRY(number_next(c, i));
    TRY(refuse_second(c, i));
    return sign_and_save(c, i, by);
}

static value actor_of(context *c, const args *a)
{
    return arg_given(a, "by") ? arg_value(a, "by") : c->actor_id ? V_INT(c->actor_id) : V_NULL;
}

static err *certificate_issue(context *c, const args *a)
{
    issuing i = { .person = arg_int(a, "person"), .operation = arg_int(a, "operation"), .replaces = V_NULL };
    i.fields.issuer = str_trim(arg_text(a, "issuer"));
    i.fields.service = str_trim(arg_text(a, "service"));
    if (!i.fields.issuer.len)
        return refuse(c, ERR_INPUT, "certificate.issuer", NULL);
    return issue(c, &i, actor_of(c, a));
}

err *certificate_valid(context *c, int64_t id, rows *r)
{
    TRY(query(c, "certificate.load", NAMED({ "id", V_INT(id) }), r));
    if (!r->count)
        return refuse(c, ERR_NOT_FOUND, "certificate.missing", VALUES({ "id", number_text(c, id) }));
    if (rows_int(r, 0, "revoked_at"))
        return refuse(c, ERR_CONFLICT, "certificate.revoked", VALUES({ "number", rows_text(r, 0, "number") }));
    command_about(c, rows_int(r, 0, "person_id"));
    return NULL;
}

/* The hours were corrected: the old number is void, the new one names it. */
static err *certificate_replace(context *c, const args *a)
{
    rows r = { 0 };
    TRY(certificate_valid(c, arg_int(a, "certificate"), &r));
    issuing i = { .person = rows_int(&r, 0, "person_id"), .operation = rows_int(&r, 0, "operation_id"),
                  .replaces = arg_value(a, "certificate") };
    i.fields.issuer = rows_text(&r, 0, "issuer");
    i.fields.service = arg_text(a, "service").len ? arg_text(a, "service") : rows_text(&r, 0, "service");
    TRY(query(c, "certificate.revoke", NAMED({ "id", arg_value(a, "certificate") }, { "now", V_INT(c->now) }), &r));
    return issue(c, &i, actor_of(c, a));
}

static err *certificate_revoke(context *c, const args *a)
{
    rows r = { 0 };
    TRY(certificate_valid(c, arg_int(a, "certificate"), &r));
    command_result(c, "id", arg_int(a, "certificate"));
    return query(c, "certificate.revoke", NAMED({ "id", arg_value(a, "certificate") }, { "now", V_INT(c->now) }), &r);
}

/* The fields as they stand now; issued_on is the local day of issue. */
static err *fields_of(context *c, const rows *r, certificate *out)
{
    civil_zone *zone = NULL;
    civil_day day;
    int minute;
    TRY(civil_zone_open(c->a, rows_text(r, 0, "zone"), &zone));
    civil_local(zone, rows_int(r, 0, "issued_at"), &day, &minute);
    *out = (certificate){ .number = rows_text(r, 0, "number"), .name = rows_text(r, 0, "name"),
                          .operation = rows_text(r, 0, "title"), .community = rows_text(r, 0, "community"),
                          .service = rows_text(r, 0, "service"), .from_on = rows_text(r, 0, "from_on"),
                          .to_on = rows_text(r, 0, "to_on"), .minutes = rows_int(r, 0, "minutes"),
                          .issuer = rows_text(r, 0, "issuer"), .issued_on = civil_day_text(c->a, day) };
    return NULL;
}

/*
 * A reprint keeps its number and says which printing it is. What was signed may have changed since (a name put right,
 * a row altered by hand): such a paper would not verify, so it is not printed.
 */
static err *certificate_print(context *c, const args *a)
{
    rows r = { 0 };
    certificate fields;
    const keys *k = NULL;
    unsigned char public_key[KEY_PUBLIC_BYTES];
    TRY(certificate_valid(c, arg_int(a, "certificate"), &r));
    TRY(fields_of(c, &r, &fields));
    TRY(app_keys_kept(c->app, c->a, &k));
    key_public(k, public_key);
    str signature = rows_text(&r, 0, "signature");
    if (signature.len != KEY_SIGNATURE_BYTES ||
        !key_verify(public_key, certificate_fields(c->a, &fields), (const unsigned char *)signature.at))
        return refuse(c, ERR_CONFLICT, "certificate.changed", VALUES({ "number", fields.number }));
    command_result(c, "id", arg_int(a, "certificate"));
    command_result_text(c, "code", certificate_code(c->a, &fields, signature));
    TRY(query(c, "certificate.print", NAMED({ "id", arg_value(a, "certificate") }), &r));
    command_result_int(c, "print_count", rows_int(&r, 0, "print_count"));
    return NULL;
}

const command certificate_commands[] = {
    { "certificate.issue", "commander:all secretary:division leader:team liaison:org",
      "person:id operation:id issuer:text service:text? by:id?", .closed = CLOSED_GOES_ON, .run = certificate_issue },
    { "certificate.replace", "commander:all secretary:division leader:team liaison:org",
      "certificate:id service:text? by:id?", .closed = CLOSED_GOES_ON, .run = certificate_replace },
    { "certificate.revoke", "commander:all", "certificate:id why:text",
      .closed = CLOSED_GOES_ON, .run = certificate_revoke },
    { "certificate.print", "volunteer:own commander:all secretary:division leader:team liaison:org", "certificate:id",
      .closed = CLOSED_GOES_ON, .run = certificate_print },
    { 0 },
};
