/*
 * The OpenAPI description (3.1), printed from the rows of the commands and the files of the views, so that it cannot
 * drift from them: of each role what that role sees and may do.
 */
#include "base/limits.h"
#include "command/command.h"
#include "web/api.h"

#include <string.h>

typedef struct sheet {
    json j;
    arena *a;
    words_lang lang;
} sheet;

static void put(sheet *s, const char *key, str value)
{
    json_key(&s->j, key);
    json_str(&s->j, value);
}

static void open_object(sheet *s, const char *key)
{
    json_key(&s->j, key);
    json_open(&s->j, '{');
}

static void end_object(sheet *s)
{
    json_close(&s->j, '}');
}

static void put_ref(sheet *s, const char *kind, str name)
{
    put(s, "$ref", text_format(s->a, "#/components/%s%.*s", kind, STR_ARG(name)));
}

/* What people call it in lists; else the name. */
static str word_of(sheet *s, str name)
{
    const char *key = text_format(s->a, "column.%.*s", STR_ARG(name)).at;
    return words_has(s->lang, key) ? words_get(s->a, s->lang, key, NULL) : name;
}

/* -- types --------------------------------------------------------------------------------------------- */
/*
 * Of a value in a list (`out`, which may be null), in a command's object (`in`) and in the query of a view (`ask`).
 * Each as a whole JSON schema: the only place where the three are told apart.
 */
static const struct api_type {
    const char *name, *out, *in, *ask;
} types[] = {
#define TEXTS(max) "{\"type\":[\"string\",\"null\"]}", "{\"type\":\"string\",\"maxLength\":" max "}", "{\"type\":\"string\"}"
    { "id", "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9]+$\"}",
      "{\"type\":[\"string\",\"integer\"],\"pattern\":\"^[0-9]+$\",\"minimum\":1}", "{\"type\":\"string\",\"pattern\":\"^[0-9]+$\"}" },
    { "int", "{\"type\":[\"integer\",\"null\"]}", "{\"type\":\"integer\"}", "{\"type\":\"integer\"}" },
    { "text", TEXTS("65536") },
    { "name", TEXTS("100") },
    { "phone", TEXTS("40") },
    { "address", TEXTS("500") },
    { "text_private", TEXTS("65536") },
    { "text_sealed", TEXTS("65536") },
    { "code", "{\"type\":[\"string\",\"null\"]}", "{\"type\":\"string\",\"pattern\":\"^[0-9A-Za-z]{1,12}$\"}", "{\"type\":\"string\"}" },
    { "day", "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}", "{\"type\":\"string\",\"format\":\"date\"}",
      "{\"type\":\"string\",\"format\":\"date\"}" },
    { "minute", "{\"type\":[\"integer\",\"null\"],\"minimum\":0,\"maximum\":2879}",
      "{\"type\":[\"string\",\"integer\"],\"pattern\":\"^([0-9]+|[0-9]{1,2}:[0-9]{2})$\",\"minimum\":0,\"maximum\":2879}",
      "{\"type\":\"integer\",\"minimum\":0,\"maximum\":2879}" },
#define INSTANT "{\"type\":\"integer\",\"format\":\"int64\"}"
    { "utc", "{\"type\":[\"integer\",\"null\"],\"format\":\"int64\"}", INSTANT, INSTANT },
    { "time", "{\"type\":[\"integer\",\"null\"],\"format\":\"int64\"}", INSTANT, INSTANT },
    { "yes", "{\"type\":[\"boolean\",\"null\"]}", "{\"type\":\"boolean\"}", "{\"type\":\"integer\",\"enum\":[0,1]}" },
    { "list", "{}", "{\"type\":\"array\"}", "{}" },
    { "lines", "{}", "{\"type\":\"array\",\"items\":{\"type\":\"object\"},\"maxItems\":20000}", "{}" },
    { "rows", "{}", "{\"type\":\"array\",\"items\":{\"type\":\"object\"},\"maxItems\":200}", "{}" },
};
_Static_assert(ROSTER_LINES_MAX == 20000 && PIECE_ROWS_MAX == 200, "the limits above are these");

/* A schema as it stands: the writer has no call for JSON that is written already. */
static void put_raw(sheet *s, const char *key, const char *schema)
{
    json_key(&s->j, key);
    text_put_z(s->j.out, schema);
    s->j.comma = true;
}

static void put_types(sheet *s)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        put_raw(s, text_format(s->a, "out_%s", types[i].name).at, types[i].out);
        put_raw(s, text_format(s->a, "in_%s", types[i].name).at, types[i].in);
        put_raw(s, text_format(s->a, "ask_%s", types[i].name).at, types[i].ask);
    }
}

static str bare_type(str type)
{
    return str_ends(type, STR("?")) ? str_part(type, 0, type.len - 1) : type;
}

static const char *unit_of(str type)
{
    return str_is(type, "utc") || str_is(type, "time") ? "api.unit.utc"
           : str_is(type, "minute")                    ? "api.unit.minute"
                                                       : NULL;
}

static void put_description(sheet *s, str name, str type)
{
    const char *unit = unit_of(type);
    str word = word_of(s, name);
    put(s, "description",
        unit ? words_get(s->a, s->lang, "api.described", VALUES({ "name", word }, { "unit", words_get(s->a, s->lang, unit, NULL) })) : word);
}

/* -- views --------------------------------------------------------------------------------------------- */
static void put_query(sheet *s, str name, str type, bool required, str description)
{
    json_open(&s->j, '{');
    put(s, "name", name);
    put(s, "in", STR("query"));
    json_key(&s->j, "required");
    json_bool(&s->j, required);
    if (description.len)
        put(s, "description", description);
    else
        put_description(s, name, type);
    open_object(s, "schema");
    put_ref(s, "schemas/ask_", type);
    end_object(s);
    end_object(s);
}

static void put_parameter(sheet *s, const char *name)
{
    json_open(&s->j, '{');
    put_ref(s, "parameters/", str_of(name));
    end_object(s);
}

static void put_row_of_view(sheet *s, const view *v)
{
    put(s, "type", STR("object"));
    open_object(s, "properties");
    for (size_t i = 0; i < v->column_count; i++) {
        open_object(s, str_z(s->a, v->columns[i].name));
        put_ref(s, "schemas/out_", v->columns[i].type);
        put_description(s, v->columns[i].name, v->columns[i].type);
        end_object(s);
    }
    end_object(s);
    json_key(&s->j, "required");
    json_open(&s->j, '[');
    for (size_t i = 0; i < v->column_count; i++)
        json_str(&s->j, v->columns[i].name);
    json_close(&s->j, ']');
}

static void put_page_of_view(sheet *s, const view *v)
{
    open_object(s, "schema");
    put(s, "type", STR("object"));
    open_object(s, "properties");
    open_object(s, "rows");
    put(s, "type", STR("array"));
    open_object(s, "items");
    put_row_of_view(s, v);
    end_object(s);
    end_object(s);
    put_raw(s, "next", "{\"type\":[\"string\",\"null\"]}");
    end_object(s);
    put_raw(s, "required", "[\"rows\",\"next\"]");
    end_object(s);
}

static void put_default(sheet *s)
{
    open_object(s, "default");
    put_ref(s, "responses/Problem", STR(""));
    end_object(s);
}

static void put_view(sheet *s, const view *v)
{
    open_object(s, text_format(s->a, "/api/v1/views/%.*s", STR_ARG(v->name)).at);
    open_object(s, "get");
    put(s, "operationId", text_format(s->a, "view_%.*s", STR_ARG(v->name)));
    put(s, "summary", view_title(s->a, v, s->lang));
    put_raw(s, "tags", "[\"views\"]");
    json_key(&s->j, "parameters");
    json_open(&s->j, '[');
    for (size_t i = 0; i < v->arg_count; i++)
        put_query(s, v->args[i].name, bare_type(v->args[i].type), !str_ends(v->args[i].type, STR("?")), (str){ 0 });
    put_parameter(s, "limit");
    put_parameter(s, "cursor");
    put_parameter(s, "format");
    put_parameter(s, "if_none_match");
    json_close(&s->j, ']');
    open_object(s, "responses");
    open_object(s, "200");
    put(s, "description", view_title(s->a, v, s->lang));
    open_object(s, "content");
    open_object(s, "application/json");
    put_page_of_view(s, v);
    end_object(s);
    put_raw(s, "text/csv", "{\"schema\":{\"type\":\"string\"}}");
    end_object(s);
    end_object(s);
    put_raw(s, "304", "{\"$ref\":\"#/components/responses/Same\"}");
    put_default(s);
    end_object(s);
    end_object(s);
    end_object(s);
}

/* -- commands ------------------------------------------------------------------------------------------ */
static void put_object_of(sheet *s, const char *spec, const char *row);

static void put_argument(sheet *s, str name, str type, const char *row)
{
    open_object(s, str_z(s->a, name));
    if (str_is(type, "rows") && row) {
        put(s, "type", STR("array"));
        json_key(&s->j, "maxItems");
        json_int(&s->j, PIECE_ROWS_MAX);
        open_object(s, "items");
        put_object_of(s, row, NULL);
        end_object(s);
    } else {
        put_ref(s, "schemas/in_", type);
    }
    put_description(s, name, type);
    end_object(s);
}

static void put_required(sheet *s, const char *spec)
{
    str rest = str_of(spec), word, name;
    json_key(&s->j, "required");
    json_open(&s->j, '[');
    while (str_split(&rest, ' ', &word))
        if (word.len && !str_ends(word, STR("?")) && str_split(&word, ':', &name))
            json_str(&s->j, name);
    json_close(&s->j, ']');
}

static void put_object_of(sheet *s, const char *spec, const char *row)
{
    str rest = str_of(spec), word, name;
    put(s, "type", STR("object"));
    json_key(&s->j, "additionalProperties");
    json_bool(&s->j, false);
    open_object(s, "properties");
    while (str_split(&rest, ' ', &word))
        if (word.len && str_split(&word, ':', &name))
            put_argument(s, name, bare_type(word), row);
    end_object(s);
    put_required(s, spec);
}

static str title_of(sheet *s, const struct command *m)
{
    const char *key = text_format(s->a, "api.command.%s", m->name).at;
    return words_has(s->lang, key) ? words_get(s->a, s->lang, key, NULL) : str_of(m->name);
}

static void put_command(sheet *s, const struct command *m)
{
    text id = text_begin(s->a);
    text_put_z(&id, "command_");
    for (const char *c = m->name; *c; c++)
        text_put(&id, *c == '.' ? STR("_") : (str){ c, 1 });
    open_object(s, text_format(s->a, "/api/v1/commands/%s", m->name).at);
    open_object(s, "post");
    put(s, "operationId", text_done(&id));
    put(s, "summary", title_of(s, m));
    put_raw(s, "tags", "[\"commands\"]");
    json_key(&s->j, "parameters");
    json_open(&s->j, '[');
    put_parameter(s, "idempotency_key");
    put_parameter(s, "form");
    json_close(&s->j, ']');
    open_object(s, "requestBody");
    put_raw(s, "required", "true");
    open_object(s, "content");
    open_object(s, "application/json");
    open_object(s, "schema");
    put_object_of(s, m->args, m->row);
    end_object(s);
    end_object(s);
    end_object(s);
    end_object(s);
    open_object(s, "responses");
    put_raw(s, "200", "{\"$ref\":\"#/components/responses/Result\"}");
    put_default(s);
    end_object(s);
    end_object(s);
    end_object(s);
}

/* -- the rest ------------------------------------------------------------------------------------------ */
/* What is not printed from rows: addresses that stand alone. */
static void put_plain(sheet *s, const char *path, const char *id, const char *word, const char *query, const char *content)
{
    open_object(s, path);
    open_object(s, "get");
    put(s, "operationId", str_of(id));
    put(s, "summary", words_get(s->a, s->lang, word, NULL));
    put_raw(s, "tags", "[\"about\"]");
    put_raw(s, "parameters", query);
    open_object(s, "responses");
    open_object(s, "200");
    put(s, "description", words_get(s->a, s->lang, word, NULL));
    put_raw(s, "content", content);
    end_object(s);
    put_default(s);
    end_object(s);
    end_object(s);
    end_object(s);
}

#define WATCHED \
    "[{\"name\":\"topics\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}," \
    "{\"name\":\"since\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}]"
#define JSON_OF(schema) "{\"application/json\":{\"schema\":" schema "}}"
static void put_paths(sheet *s, const api_roles *r, bool weak)
{
    open_object(s, "paths");
    put_plain(s, "/api/v1/session", "session", "api.about.session", "[]", JSON_OF("{\"type\":\"object\"}"));
    put_plain(s, "/api/v1/openapi.json", "openapi", "api.about.openapi",
              "[{\"name\":\"role\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}]", JSON_OF("{\"type\":\"object\"}"));
    put_plain(s, "/api/v1/views", "views", "api.about.views", "[]", JSON_OF("{\"type\":\"array\"}"));
    put_plain(s, "/api/v1/commands", "commands", "api.about.commands", "[]", JSON_OF("{\"type\":\"array\"}"));
    put_plain(s, "/api/v1/changes", "changes", "api.about.changes", WATCHED, JSON_OF("{\"type\":\"object\"}"));
    put_plain(s, "/api/v1/events", "events", "api.about.events", WATCHED, "{\"text/event-stream\":{\"schema\":{\"type\":\"string\"}}}");
    for (size_t i = 0; view_at(i); i++)
        if (weak ? api_weak_reads(view_at(i)) : api_may_read(view_at(i), r))
            put_view(s, view_at(i));
    for (size_t i = 0; app_command_at(i); i++)
        if (weak ? web_weak_may(app_command_at(i)->name, NAMED({ 0 })) : api_may_run(app_command_at(i), r))
            put_command(s, app_command_at(i));
    end_object(s);
}

static void put_word(sheet *s, const char *key, const char *word)
{
    put(s, key, words_get(s->a, s->lang, word, NULL));
}

static void put_shared_parameter(sheet *s, const char *key, const char *name, const char *in, const char *schema)
{
    open_object(s, key);
    put(s, "name", str_of(name));
    put(s, "in", str_of(in));
    put_word(s, "description", text_format(s->a, "api.field.%s", key).at);
    put_raw(s, "schema", schema);
    end_object(s);
}

static void put_problem(sheet *s)
{
    open_object(s, "Problem");
    put(s, "type", STR("object"));
    put_raw(s, "required", "[\"type\",\"title\",\"status\",\"detail\",\"code\"]");
    put_raw(s, "properties",
            "{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
            "\"detail\":{\"type\":\"string\"},\"hint\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},"
            "\"arguments\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"name\",\"code\",\"detail\"],"
            "\"properties\":{\"name\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}}}");
    end_object(s);
}

static void put_responses(sheet *s)
{
    open_object(s, "responses");
    open_object(s, "Problem");
    put_word(s, "description", "api.about.problem");
    put_raw(s, "content", "{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}");
    end_object(s);
    open_object(s, "Result");
    put_word(s, "description", "api.about.result");
    put_raw(s, "content", JSON_OF("{\"type\":\"object\"}"));
    end_object(s);
    open_object(s, "Same");
    put_word(s, "description", "api.about.same");
    end_object(s);
    end_object(s);
}

static void put_components(sheet *s)
{
    open_object(s, "components");
    open_object(s, "securitySchemes");
    put_raw(s, "cookie", "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"muster\"}");
    put_raw(s, "bearer", "{\"type\":\"http\",\"scheme\":\"bearer\"}");
    end_object(s);
    open_object(s, "schemas");
    put_types(s);
    put_problem(s);
    end_object(s);
    open_object(s, "parameters");
    put_shared_parameter(s, "limit", "limit", "query",
                         text_format(s->a, "{\"type\":\"integer\",\"minimum\":1,\"maximum\":%d,\"default\":%d}", PAGE_ROWS_MAX, API_ROWS_USUAL).at);
    put_shared_parameter(s, "cursor", "cursor", "query", "{\"type\":\"string\"}");
    put_shared_parameter(s, "format", "format", "query", "{\"type\":\"string\",\"enum\":[\"json\",\"csv\"]}");
    put_shared_parameter(s, "if_none_match", "If-None-Match", "header", "{\"type\":\"string\"}");
    put_shared_parameter(s, "idempotency_key", "Idempotency-Key", "header",
                         text_format(s->a, "{\"type\":\"string\",\"minLength\":1,\"maxLength\":%d}", API_KEY_MAX_BYTES).at);
    put_shared_parameter(s, "form", "X-Muster-Form", "header", "{\"type\":\"string\"}");
    end_object(s);
    put_responses(s);
    end_object(s);
}

str openapi_print(arena *a, const api_roles *r, bool weak, words_lang lang)
{
    text t = text_begin(a);
    sheet s = { .j = json_begin(&t), .a = a, .lang = lang };
    json_open(&s.j, '{');
    put(&s, "openapi", STR("3.1.0"));
    open_object(&s, "info");
    put_word(&s, "title", "web.title");
    put(&s, "version", STR("1"));
    put_word(&s, "description", "api.about");
    end_object(&s);
    put_raw(&s, "servers", "[{\"url\":\"/\"}]");
    put_raw(&s, "security", "[{\"cookie\":[]},{\"bearer\":[]}]");
    put_paths(&s, r, weak);
    put_components(&s);
    json_close(&s.j, '}');
    return text_done(&t);
}

err *api_get_openapi(web *w)
{
    arena *room = api_room(w);
    api_roles r = api_roles_of(&w->who);
    str role = query_field(w->q, "role");
    if (role.len && !w->who.is_commander)
        return err_new(w->q->a, ERR_RIGHTS, "api.role_rights", NULL);
    if (role.len && !api_roles_read(role, &r))
        return err_new(w->q->a, ERR_INPUT, "api.role", VALUES({ "role", role }));
    api_answer(w, "application/json", openapi_print(room, &r, w->who.weak, w->q->lang));
    return NULL;
}
