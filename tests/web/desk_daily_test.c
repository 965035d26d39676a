/* The figures of a day at the desk, and the upper level's table filled with them. On both engines. */
#include "web/desk_browser.h"
#include "base/file.h"
#include "sheet/sheet.h"
#include "web/upload.h"

#include <unistd.h>
#include <xlsxwriter.h>

static browser open_daily(const char *url)
{
    browser b = open_desk(url);
    check_ok(uploads_open(check_arena(), check_path("uploads"), &b.site.uploads));
    begin_morning(&b);
    sign_in(&b, CITY, true);
    return b;
}

static str table(const char *first, const char *second)
{
    str bytes;
    const char *path = check_path("table.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "\xE6\x97\xA5\xE6\x8A\xA5");
    worksheet_write_string(sheet, 0, 0, first, NULL);
    worksheet_write_string(sheet, 1, 2, second, NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    check_ok(file_read(check_arena(), path, 1 << 20, &bytes));
    return bytes;
}

/* disposition: what the answer is to be kept as; empty: it is a page. */
static response send(browser *b, const char *fields, str content, str *disposition)
{
    response page = get(b, "/desk/daily");
    request *q = arena_new(check_arena(), request);
    const char *from = check_path("uploads/upload-1");
    text t = text_begin(check_arena());
    text_printf(&t, "--b7\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n%.*s\r\n%s", STR_ARG(hidden(&page, "form")), fields);
    text_put_z(&t, "--b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"table.xlsx\"\r\n\r\n");
    text_put(&t, content);
    text_put_z(&t, "\r\n--b7--\r\n");
    check_ok(file_write(check_arena(), from, text_done(&t)));
    *q = (request){ .a = arena_open(check_arena(), 4 << 20), .now = HOURS(b->hours), .method = WEB_POST, .path = STR("/desk/daily"),
                    .target = STR("/desk/daily"), .upload = from };
    q->headers[q->header_count++] = (header){ STR("Content-Type"), STR("multipart/form-data; boundary=b7") };
    response p = ask_request(b, q);
    p.body = str_copy(check_arena(), p.body);
    *disposition = str_copy(check_arena(), header_of(&p, "Content-Disposition"));
    arena_close(q->a);
    unlink(from);
    return p;
}

static void the_figures_are_those_of_the_view(const char *url)
{
    browser b = open_daily(url);
    response p = get(&b, "/desk/daily?day=2020-02-08&until=08:30");
    assert_true(p.status == 200 && has(&p, "until 2020-02-08 08:30") && has(&p, "{due}"));
    rows r = list(&b.w, "daily_report", NAMED({ "operation", V_INT(b.w.operation) }, { "day", T("2020-02-08") }, { "until", V_INT(HOURS(8) + 30 * 60000) }), 0);
    assert_true(rows_int(&r, 0, "due") > 0);
    assert_true(has(&p, text_format(check_arena(), "People due: %lld\n", LL(rows_int(&r, 0, "due"))).at));
    response early = get(&b, "/desk/daily?day=2020-02-07&until=23:00");
    assert_true(has(&early, "People due: 0\n"));
    assert_int_equal(get(&b, "/desk/daily?until=late").status, 422);
}

static void a_table_comes_back_filled(const char *url)
{
    browser b = open_daily(url);
    sheet_file f = { 0 };
    str name;
    response p = send(&b, "", table("{\xE5\xBA\x94\xE5\x88\xB0\xE4\xBA\xBA\xE6\x95\xB0}", "x"), &name);
    assert_int_equal(p.status, 200);
    assert_true(str_find(name, STR("table.xlsx")) >= 0);
    check_ok(sheet_read_bytes(check_arena(), STR("t.xlsx"), p.body, &f));
    rows r = list(&b.w, "daily_report", NAMED({ "operation", V_INT(b.w.operation) }, { "day", T("2020-02-08") }, { "until", V_INT(HOURS(b.hours)) }), 0);
    check_str(f.pages.at[0].rows.at[0].cells[0], text_format(check_arena(), "%lld", LL(rows_int(&r, 0, "due"))).at);
}

/* Nothing half done: no file, and each mark with its cell. */
static void what_cannot_be_filled_is_named(const char *url)
{
    browser b = open_daily(url);
    str name;
    response p = send(&b, "", table("{\xE5\xBA\x94\xE5\x88\xB0\xE4\xBA\xBA\xE6\x95\xB0}", "{weather}"), &name);
    assert_true(p.status == 422 && !name.len && has(&p, "!C2") && has(&p, "weather"));
    p = send(&b, "", table("no", "marks"), &name);
    assert_true(p.status == 422 && !name.len && has(&p, "no mark in table.xlsx"));
    p = send(&b, "", STR("a,b\n1,2\n"), &name);
    assert_true(p.status == 422 && has(&p, "table.xlsx"));
    p = send(&b, "--b7\r\nContent-Disposition: form-data; name=\"until\"\r\n\r\nlate\r\n", table("{due}", ""), &name);
    assert_true(p.status == 422 && !name.len && has(&p, "late"));
}

static void teams_desks_see_none_of_it(const char *url)
{
    browser b = open_daily(url);
    sign_in(&b, EAST_DESK, true);
    response p = get(&b, "/desk/daily");
    assert_true(p.status == 200 && !has(&p, "People due"));
}

ON_BOTH(the_figures_are_those_of_the_view)
ON_BOTH(a_table_comes_back_filled)
ON_BOTH(what_cannot_be_filled_is_named)
ON_BOTH(teams_desks_see_none_of_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(the_figures_are_those_of_the_view),
        BOTH(a_table_comes_back_filled),
        BOTH(what_cannot_be_filled_is_named),
        BOTH(teams_desks_see_none_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
