#include "sheet/numbers.h"

#include "base/civil.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>

enum { DAY_OF_1970 = 25569, DAYS_OF_1904 = 1462, MINUTES_A_DAY = 1440 };

number_kind number_kind_of_id(int id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return NUMBER_DAY;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
        id == 56)
        return NUMBER_TIME;
    return id == 22 ? NUMBER_DAY_TIME : NUMBER_PLAIN;
}

/* Letters in quotes, in brackets and after a backslash show as they are; y and d tell days, h and s times. */
number_kind number_kind_of_format(str code)
{
    bool day = false, time = false, month = false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];
        if (c == ';')
            break;
        if (c == '"' || c == '[') {
            char close = c == '"' ? '"' : ']';
            /* [h]:mm counts hours */
            if (c == '[' && i + 1 < code.len && (code.at[i + 1] | 32) == 'h')
                time = true;
            for (i++; i < code.len && code.at[i] != close;)
                i++;
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (str_starts(str_from(code, i), STR("General"))) {
            i += 6;
        } else {
            day |= (c | 32) == 'y' || (c | 32) == 'd';
            time |= (c | 32) == 'h' || (c | 32) == 's';
            month |= (c | 32) == 'm';
        }
    }
    if (day || (month && !time))
        return time ? NUMBER_DAY_TIME : NUMBER_DAY;
    return time ? NUMBER_TIME : NUMBER_PLAIN;
}

static str plain_text(arena *a, double n)
{
    if (fabs(n) < 1e15 && n == floor(n))
        return text_format(a, "%.0f", n);
    return text_format(a, "%.12g", n);
}

str number_text(arena *a, str raw, number_kind kind, bool day_zero_1904)
{
    raw = str_trim(raw);
    const char *z = str_z(a, raw);
    char *end;
    double n = strtod(z, &end);
    if (raw.len == 0 || end != z + raw.len || !isfinite(n))
        return str_copy(a, raw);
    if (kind == NUMBER_PLAIN || n < 0 || n > 3000000)
        return plain_text(a, n);
    double whole = floor(n);
    int minute = (int)lround((n - whole) * MINUTES_A_DAY);
    /* The 1900 calendar has a 29 February that never was: days before it are one off. */
    int shift = day_zero_1904 ? DAYS_OF_1904 : (whole < 60 ? 1 : 0);
    int64_t day = (int64_t)whole + shift - DAY_OF_1970;
    if (minute == MINUTES_A_DAY) {
        minute = 0;
        day++;
    }
    if (kind == NUMBER_TIME || (kind == NUMBER_DAY_TIME && whole < 1))
        return text_format(a, "%02d:%02d", (whole >= 1 && minute == 0 ? 24 * 60 : minute) / 60,
                           minute % 60);
    if (day < CIVIL_DAY_MIN || day > CIVIL_DAY_MAX)
        return plain_text(a, n);
    str day_text = civil_day_text(a, (civil_day)day);
    if (kind == NUMBER_DAY || minute == 0)
        return day_text;
    return text_format(a, "%.*s %02d:%02d", STR_ARG(day_text), minute / 60, minute % 60);
}
