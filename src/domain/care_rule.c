#include "domain/care_rule.h"

const care_rule care_rules[CARE_RULE_COUNT] = {
#define CARE_RULE(id, name, lowest, highest) { name, lowest, highest },
#include "domain/care_rule.def"
#undef CARE_RULE
};

bool care_rule_find(str name, care_rule_id *out)
{
    for (size_t i = 0; i < CARE_RULE_COUNT; i++) {
        *out = (care_rule_id)i;
        if (str_is(name, care_rules[i].name))
            return true;
    }
    return false;
}

static str names_of(arena *a, words_lang lang)
{
    text t = text_begin(a);
    for (size_t i = 0; i < CARE_RULE_COUNT; i++)
        text_printf(&t, "%s%s (%.*s)", i ? ", " : "", care_rules[i].name,
                    STR_ARG(words_get(a, lang, text_format(a, "care_rule.%s", care_rules[i].name).at, NULL)));
    return text_done(&t);
}

err *care_rule_check(arena *a, words_lang lang, str name, int64_t value)
{
    care_rule_id id;
    if (!care_rule_find(name, &id))
        return err_new(a, ERR_INPUT, "care_rule.unknown", VALUES({ "rule", name }, { "rules", names_of(a, lang) }));
    const care_rule *r = &care_rules[id];
    if (value >= r->lowest && value <= r->highest)
        return NULL;
    return err_new(a, ERR_INPUT, "care_rule.value",
                   VALUES({ "rule", name }, { "value", text_format(a, "%lld", (long long)value) },
                          { "what", words_get(a, lang, text_format(a, "care_rule.%s", r->name).at, NULL) },
                          { "lowest", text_format(a, "%lld", (long long)r->lowest) },
                          { "highest", text_format(a, "%lld", (long long)r->highest) }));
}

bool care_rule_holds(str from_on, str to_on, civil_day first, civil_day last)
{
    civil_day day;
    if (civil_day_read(from_on, &day) && day > last)
        return false;
    return !civil_day_read(to_on, &day) || day >= first;
}
