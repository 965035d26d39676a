#include "print/page_tools.h"

str page_word(page *p, const char *key, const word_value *values)
{
    return words_get(p->a, p->lang, key, values);
}

str page_int(page *p, int64_t n)
{
    return text_format(p->a, "%lld", (long long)n);
}

str page_day(page *p, const char *key, civil_day day)
{
    int y, m, d;
    civil_parts(day, &y, &m, &d);
    str weekday = page_word(p, text_format(p->a, "print.weekday.%d", civil_weekday(day)).at, NULL);
    str month = page_word(p, text_format(p->a, "print.month.%d", m).at, NULL);
    return page_word(p, key,
                     VALUES({ "year", page_int(p, y) }, { "month", month },
                            { "day", page_int(p, d) }, { "weekday", weekday }));
}

civil_day page_day_of(page *p, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(p->tools->zone, at, &day, &minute);
    return day;
}

str page_when(page *p, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(p->tools->zone, at, &day, &minute);
    return text_format(p->a, "%s %s", page_day(p, "print.date", day).at,
                       civil_time_text(p->a, minute).at);
}

str page_span(page *p, int starts, int ends)
{
    return text_format(p->a, "%s–%s", civil_time_text(p->a, starts).at,
                       civil_time_text(p->a, ends).at);
}

str print_phone(arena *a, str phone)
{
    for (size_t i = 0; i < phone.len; i++) {
        if (phone.at[i] < '0' || phone.at[i] > '9')
            return phone;
    }
    if (phone.len != 11)
        return phone;
    return text_format(a, "%.3s %.4s %.4s", phone.at, phone.at + 3, phone.at + 7);
}

str page_foot(page *p, int64_t printed_at)
{
    return page_word(p, "print.foot",
                     VALUES({ "when", page_when(p, printed_at) },
                            { "page", page_int(p, p->number) },
                            { "pages", page_int(p, p->total) }));
}
