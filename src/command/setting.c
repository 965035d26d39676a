#include "command/command.h"
#include "domain/setting.h"

static err *check_scope(context *c, str text, setting_id id)
{
    setting_scope scope = { 0 };
    rows r = { 0 };
    TRY(setting_scope_read(c->a, text, &scope));
    if (!(settings[id].of & scope.of))
        return refuse(c, ERR_INPUT, scope.of == SETTING_OF_TEAM ? "setting.of_operation" : "setting.of_team",
                      VALUES({ "name", str_of(settings[id].name) }));
    TRY(query(c, scope.of == SETTING_OF_TEAM ? "setting.find_team" : "setting.find_operation",
              NAMED({ "id", V_INT(scope.id) }), &r));
    return r.count ? NULL : refuse(c, ERR_NOT_FOUND, "setting.scope_missing", VALUES({ "value", text }));
}

/* Without a value the setting goes back to what holds above it. */
static err *setting_set(context *c, const args *a)
{
    setting_id id = 0;
    str kept = { 0 };
    TRY(setting_find(c->a, arg_text(a, "name"), &id));
    TRY(check_scope(c, arg_text(a, "scope"), id));
    const named of = { "scope", arg_value(a, "scope") }, name = { "name", arg_value(a, "name") };
    if (!arg_given(a, "value"))
        return query(c, "setting.drop", NAMED(of, name), NULL);
    TRY(setting_check(c->a, c->lang, id, arg_text(a, "value"), &kept));
    return query(c, "setting.put", NAMED(of, name, { "value", V_TEXT(kept) }), NULL);
}

const command setting_commands[] = {
    { "setting.set", "commander:all commander:division", "scope:text name:text value:text?",
      .closed = CLOSED_STOPS, .run = setting_set },
    { 0 },
};
