/* An agency hands its list in by a link: what it sees, what waits, and who takes it in. On both engines. */
#include "web/desk_browser.h"
#include "base/file.h"
#include "job/import.h"
#include "job/import_edits.h"
#include "web/upload.h"

#include <unistd.h>

#define HEADER "姓名,手机,所在党支部\n"

static browser open_city(const char *url, int64_t org[2])
{
    browser b = open_desk(url);
    check_ok(uploads_open(check_arena(), check_path("uploads"), &b.site.uploads));
    for (int i = 0; i < 2; i++)
        org[i] = must(&b.w, 1, "org.import", "ids", ROWS("[{\"path\":[\"%s\"]}]", i ? "市水务局" : "市档案局"));
    return b;
}

static str upload_link(browser *b, int64_t org)
{
    str result = { 0 };
    check_ok(run_at(&b->w, b->hours, "pass.issue", 0, NAMED({ "kind", T("org") }, { "org", V_INT(org) }, { "purpose", T("upload") }), &result));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str link = text_format(check_arena(), "/u/%s", json_string_value(json_object_get(j, "token")));
    json_decref(j);
    return link;
}

static str file_part(const char *name, const char *content)
{
    return text_format(check_arena(), "--b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n", name, content);
}

/* files: parts of a form. */
static response look_at_files(browser *b, str link, str files)
{
    browser nobody = *b;
    nobody.cookie = (str){ 0 };
    request *q = arena_new(check_arena(), request);
    const char *from = check_path("uploads/upload-1");
    check_ok(file_write(check_arena(), from, text_format(check_arena(), "--b7\r\nContent-Disposition: form-data; name=\"contact\"\r\n\r\nXu\r\n"
        "%.*s--b7--\r\n", STR_ARG(files))));
    *q = (request){ .a = arena_open(check_arena(), 4 << 20), .now = HOURS(b->hours), .method = WEB_POST, .path = link, .target = link, .upload = from };
    q->headers[q->header_count++] = (header){ STR("Content-Type"), STR("multipart/form-data; boundary=b7") };
    response p = ask_request(&nobody, q);
    p.body = str_copy(check_arena(), p.body);
    arena_close(q->a);
    unlink(from);
    return p;
}

static response look_at(browser *b, str link, const char *name, const char *content)
{
    return look_at_files(b, link, file_part(name, content));
}

/* Looked at, then handed in by the second press; what was refused is the first answer. */
static response hand_in(browser *b, str link, const char *name, const char *content)
{
    browser nobody = *b;
    nobody.cookie = (str){ 0 };
    response p = look_at(b, link, name, content);
    if (p.status != 200)
        return p;
    p = ask(&nobody, WEB_POST, text_format(check_arena(), "%.*s/give", STR_ARG(link)),
            text_format(check_arena(), "key=%.*s&contact=Xu&file=%s&upload=%.*s", STR_ARG(hidden(&p, "upload")), name, STR_ARG(hidden(&p, "upload"))));
    assert_int_equal(p.status, 303);
    return ask(&nobody, WEB_GET, link, STR(""));
}

static int64_t people(browser *b)
{
    return (int64_t)list(&b->w, "person", NULL, 0).count;
}

static void it_waits_and_is_replaced(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    str link = upload_link(&b, org[0]);
    int64_t before = people(&b);
    response p = ask(&b, WEB_GET, link, STR(""));
    assert_true(p.status == 200 && has(&p, "市档案局") && has(&p, "type=\"file\"") && !has(&p, "Handed in before"));
    p = look_at(&b, link, "one.csv", "姓名,手机,所在党支部,身份证号\n李敏,13900000031,第一党支部,320301199001010011\n王强,139,第一党支部,\n");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "nothing is handed in yet") && has(&p, "one.csv") && has(&p, "row 3")); /* the short number, by the list's own row */
    assert_true(has(&p, "<td>李敏</td>") && has(&p, "身份证号") && !has(&p, "320301199001010011"));
    assert_int_equal(rows_text(&(rows[]){ list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0) }[0], 0, "file").len, 0);
    p = hand_in(&b, link, "one.csv", HEADER "李敏,13900000031,第一党支部\n王强,139,第一党支部\n");
    assert_true(has(&p, "Handed in before") && has(&p, "one.csv"));
    assert_int_equal(people(&b), before);
    p = hand_in(&b, link, "one.csv", HEADER "李敏,13900000031,第一党支部\n");
    assert_int_equal(p.status, 200);
    rows r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    assert_int_equal(r.count, 1);
    check_str(rows_text(&r, 0, "file"), "one.csv");
    assert_int_equal(rows_int(&r, 0, "rows"), 1);
    p = hand_in(&b, link, "bad.csv", "nothing that is a list\n"); /* what waits stays */
    assert_int_equal(p.status, 422);
    r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    check_str(rows_text(&r, 0, "file"), "one.csv");
    p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "one.csv") && has(&p, "waits for the clerk"));
}

static void people_of_others_are_troubles(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    response p = look_at(&b, upload_link(&b, org[0]), "one.csv", "姓名,手机,单位\n李敏,13900000031,市档案局\n王强,13900000032,市水务局\n");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "“市水务局” does not belong to this agency") && has(&p, "row 3"));
    assert_false(has(&p, "“市档案局” does not"));
    assert_true(has(&p, "1 rows cannot be used as they are"));
}

static void the_clerk_takes_it_in_as_any_file(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    int64_t before = people(&b);
    hand_in(&b, upload_link(&b, org[1]), "water.csv", HEADER "李敏,13900000031,第一党支部\n");
    sign_in(&b, CITY, true);
    response p = ask(&b, WEB_GET, STR("/desk/import"), STR(""));
    assert_true(has(&p, "Handed in by link: 1 of 2 agencies") && has(&p, "water.csv"));
    rows r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[1]) }), 0);
    str to = text_format(check_arena(), "/desk/import/handed/%lld", LL(rows_int(&r, 0, "list_id")));
    assert_true(has(&p, to.at));
    p = ask(&b, WEB_POST, to, text_format(check_arena(), "form=%.*s", STR_ARG(hidden(&p, "form"))));
    assert_true(p.status == 200 && has(&p, "water.csv") && has(&p, "/desk/import/write"));
    assert_int_equal(people(&b), before); /* shown, not written */
    p = ask(&b, WEB_GET, STR("/desk/import"), STR("")); /* and it waits still */
    assert_true(has(&p, to.at));
    to = STR("/desk/import/handed/1");
    p = ask(&b, WEB_POST, to, text_format(check_arena(), "form=%.*s", STR_ARG(hidden(&p, "form"))));
    assert_int_equal(p.status, 404);
}

/* The presses of the page, one after the other. */
static str every(const response *p, const char *name)
{
    text t = text_begin(check_arena());
    str begin = text_format(check_arena(), "name=\"%s\" value=\"", name), rest = p->body, value;
    for (ptrdiff_t at = str_find(rest, begin); at >= 0; at = str_find(rest, begin)) {
        rest = str_from(rest, (size_t)at + begin.len);
        str_split(&rest, '"', &value);
        text_printf(&t, "%.*s ", STR_ARG(value));
    }
    return text_done(&t);
}

static str give_form(const response *p, const char *key)
{
    text t = text_begin(check_arena());
    str files = every(p, "file"), tokens = every(p, "upload"), file, token;
    text_printf(&t, "key=%s&contact=Xu", key);
    while (str_split(&files, ' ', &file) && str_split(&tokens, ' ', &token) && file.len)
        text_printf(&t, "&file=%.*s&upload=%.*s", STR_ARG(file), STR_ARG(token));
    return text_done(&t);
}

static void several_files_go_in_together_and_one_is_withdrawn(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org), nobody = b;
    nobody.cookie = (str){ 0 };
    str link = upload_link(&b, org[0]), give_to = text_format(check_arena(), "%.*s/give", STR_ARG(link));
    const char *li = HEADER "李敏,13900000031,第一党支部\n", *wang = HEADER "王强,139,第一党支部\n";
    str files = text_format(check_arena(), "%s%s%s%s", file_part("a.csv", li).at, file_part("b.csv", wang).at,
                            file_part("c.csv", "nothing that is a list\n").at, file_part("a.csv", li).at);
    response p = look_at_files(&b, link, files);
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "</b> b.csv") && has(&p, "will not be handed in</b> c.csv") && has(&p, "Another file is called “a.csv”"));
    assert_true(has(&p, "Hand in these 2 lists ("));
    assert_int_equal(ask(&nobody, WEB_POST, give_to, give_form(&p, "k1")).status, 303);
    rows r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    assert_int_equal(r.count, 2);
    check_str(rows_text(&r, 0, "file"), "a.csv");
    check_str(rows_text(&r, 1, "file"), "b.csv");
    const char *a_at = check_path(text_format(check_arena(), "uploads/handed-%lld-%.*s", LL(org[0]), STR_ARG(rows_text(&r, 0, "file_hash"))).at);
    assert_int_equal(access(a_at, R_OK), 0);
    hand_in(&b, link, "b.csv", li); /* the same bytes as a.csv by now */
    str back = text_format(check_arena(), "%.*s/withdraw", STR_ARG(link));
    int64_t first = rows_int(&r, 0, "list_id");
    str other = text_format(check_arena(), "%.*s/withdraw", STR_ARG(upload_link(&b, org[1])));
    assert_int_equal(ask(&nobody, WEB_POST, other, text_format(check_arena(), "key=k2&list=%lld", LL(first))).status, 404);
    assert_int_equal(ask(&nobody, WEB_POST, back, text_format(check_arena(), "key=k3&list=%lld", LL(first))).status, 303);
    assert_int_equal(access(a_at, R_OK), 0); /* b.csv needs it still */
    r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    assert_int_equal(r.count, 1);
    check_str(rows_text(&r, 0, "file"), "b.csv");
    first = rows_int(&r, 0, "list_id");
    assert_int_equal(ask(&nobody, WEB_POST, back, text_format(check_arena(), "key=k4&list=%lld", LL(first))).status, 303);
    assert_int_equal(access(a_at, R_OK), -1);
    assert_int_equal(ask(&nobody, WEB_POST, give_to, STR("key=k5")).status, 422);
}

static void a_mended_list_is_taken_and_stays(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    str link = upload_link(&b, org[0]);
    const char *content = "姓名,手机\n李敏,13900000031\n王强,139\n", *path = check_path("mended.csv");
    hand_in(&b, link, "one.csv", content);
    rows r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    int64_t id = rows_int(&r, 0, "list_id");
    sign_in(&b, CITY, true);
    response p = ask(&b, WEB_GET, STR("/desk/import"), STR(""));
    p = ask(&b, WEB_POST, text_format(check_arena(), "/desk/import/handed/%lld", LL(id)), text_format(check_arena(), "form=%.*s", STR_ARG(hidden(&p, "form"))));
    assert_true(p.status == 200 && has(&p, "Counted as a list of 市档案局: handed in by its link"));
    check_ok(file_write(check_arena(), path, str_of(content)));
    sheet_edit edit = { .row = 3, .column = 1, .text = STR("13900000032") };
    check_ok(import_edits_add(check_arena(), path, &edit, 1));
    import m = { .a = check_arena(), .app = b.site.app, .lang = WORDS_EN, .now = HOURS(b.hours), .path = path, .name = STR("one.csv"),
                 .kind = SHEET_PEOPLE, .mended = true };
    check_ok(import_read(&m));
    assert_true(!str_equal(m.hash, m.bytes_hash) && m.troubles.error_count == 0);
    check_ok(import_write(&m));
    r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    assert_int_equal(rows_int(&r, 0, "taken"), 1);
    browser nobody = b;
    nobody.cookie = (str){ 0 };
    p = ask(&nobody, WEB_GET, link, STR(""));
    assert_true(has(&p, "has taken it in") && !has(&p, "/withdraw"));
    p = ask(&nobody, WEB_POST, text_format(check_arena(), "%.*s/withdraw", STR_ARG(link)), text_format(check_arena(), "key=k9&list=%lld", LL(id)));
    assert_true(p.status == 409 && has(&p, "cannot be withdrawn"));
}

/* The command line reads the same bytes from a file of its own. */
static void a_list_without_units_is_that_of_who_handed_it_in(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    const char *content = "姓名,手机\n李敏,13900000031\n", *path = check_path("taken.csv");
    hand_in(&b, upload_link(&b, org[1]), "water.csv", content);
    check_ok(file_write(check_arena(), path, str_of(content)));
    import m = { .a = check_arena(), .app = b.site.app, .lang = WORDS_EN, .now = HOURS(b.hours), .path = path, .name = STR("taken.csv"),
                 .kind = SHEET_KIND_COUNT };
    check_ok(import_read(&m));
    check_str(m.handed_by, "市水务局");
    check_ok(import_write(&m));
    rows r = list(&b.w, "person", NULL, 0);
    size_t found = 0;
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "name"), "李敏")) {
            assert_int_equal(rows_int(&r, i, "org_id"), org[1]);
            found++;
        }
    assert_int_equal(found, 1);
    hand_in(&b, upload_link(&b, org[0]), "archive.csv", content); /* whose it is nobody can tell now */
    import other = { .a = check_arena(), .app = b.site.app, .lang = WORDS_EN, .now = HOURS(b.hours), .path = path, .name = STR("taken.csv"),
                     .kind = SHEET_KIND_COUNT };
    check_ok(import_read(&other));
    assert_int_equal(other.handed_by.len, 0);
}

static void a_second_tap_counts_once_and_a_file_that_is_gone_is_said(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org), nobody = b;
    nobody.cookie = (str){ 0 };
    str link = upload_link(&b, org[0]), give_to = text_format(check_arena(), "%.*s/give", STR_ARG(link));
    response p = look_at(&b, link, "one.csv", HEADER "李敏,13900000031,第一党支部\n");
    str form = text_format(check_arena(), "key=k1&file=one.csv&upload=%.*s", STR_ARG(hidden(&p, "upload")));
    for (int i = 0; i < 2; i++)
        assert_int_equal(ask(&nobody, WEB_POST, give_to, form).status, 303);
    p = ask(&nobody, WEB_POST, give_to, STR("key=k2&file=one.csv&upload=AAAAAAAAAAAAAAAAAAAAAA"));
    assert_int_equal(p.status, 404);
    assert_int_equal(ask(&nobody, WEB_POST, give_to, STR("key=k3&upload=../handed")).status, 404);
    rows r = list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0);
    check_str(rows_text(&r, 0, "file"), "one.csv");
    assert_int_equal(r.count, 1);
}

static void no_other_link_takes_a_list(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    str group = text_format(check_arena(), "/u/%.*s", STR_ARG(str_from(link_of(&b, "org", org[0]), 3)));
    response p = hand_in(&b, group, "one.csv", HEADER "李敏,13900000031,第一党支部\n");
    assert_int_equal(p.status, 404);
    str link = upload_link(&b, org[0]);
    assert_int_equal(ask(&b, WEB_GET, text_format(check_arena(), "/g/%.*s", STR_ARG(str_from(link, 3))), STR("")).status, 404);
    b.hours = 24 * 31 + 7; /* it has ended */
    p = hand_in(&b, link, "one.csv", HEADER "李敏,13900000031,第一党支部\n");
    assert_int_equal(p.status, 404);
    assert_int_equal(rows_text(&(rows[]){ list(&b.w, "handed_list", NAMED({ "org", V_INT(org[0]) }), 0) }[0], 0, "file").len, 0);
    check_err(run_at(&b.w, 7, "pass.issue", 0, NAMED({ "kind", T("team") }, { "team", V_INT(b.w.team[EAST]) }, { "purpose", T("upload") }), NULL),
              ERR_INPUT, "pass.kind");
}

static response give(browser *b, str link, const char *form)
{
    browser nobody = *b;
    nobody.cookie = (str){ 0 };
    return ask(&nobody, WEB_POST, text_format(check_arena(), "%.*s/headcount", STR_ARG(link)), str_of(form));
}

static void a_number_in_place_of_names(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    str link = upload_link(&b, org[0]);
    int64_t before = people(&b);
    response p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "We may not hand over names") && !has(&p, "Take the number back"));
    p = give(&b, link, "key=k1&headcount=12&name=%E8%AE%B8%E9%9D%92&phone=13900000041&note=by+day");
    assert_int_equal(p.status, 303);
    p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "12 people, said") && has(&p, "Take the number back"));
    assert_false(has(&p, "许青") || has(&p, "0041")); /* whoever holds the link is nobody we know */
    static const struct { const char *form, *says; } bad[] = {
        { "key=k2&headcount=9", "wants a contact and a telephone" },
        { "key=k3&headcount=many&name=Xu&phone=13900000041", "whole number" },
        { "key=k4&headcount=100001&name=Xu&phone=13900000041", "from 1 to 100000" },
        { "key=k5&headcount=9&name=Xu&phone=ask+me", "telephone" },
        { "key=k6&headcount=&name=Xu&phone=13900000041", "missing" },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        CASE(bad[i].form);
        p = give(&b, link, bad[i].form);
        assert_int_equal(p.status, 422);
        assert_true(has(&p, bad[i].says));
    }
    p = give(&b, link, "key=k3&headcount=many&name=Xu&phone=13900000041");
    assert_true(has(&p, "value=\"many\"") && has(&p, "<details open")); /* what was typed stands there again */
    rows r = list(&b.w, "org_headcount", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "headcount"), 12);
    assert_int_equal(people(&b), before);
    assert_int_equal(give(&b, link, "key=k7&headcount=0").status, 303);
    assert_int_equal(list(&b.w, "org_headcount", NULL, 0).count, 0);
    str group = text_format(check_arena(), "/u/%.*s", STR_ARG(str_from(link_of(&b, "org", org[0]), 3)));
    assert_int_equal(give(&b, group, "key=k8&headcount=12&name=Xu&phone=13900000041").status, 404);
}

static void the_clerk_sees_whom_to_ring(const char *url)
{
    int64_t org[2];
    browser b = open_city(url, org);
    str link = upload_link(&b, org[0]);
    hand_in(&b, link, "one.csv", HEADER "李敏,13900000031,第一党支部\n王强,13900000032,第一党支部\n");
    assert_int_equal(give(&b, link, "key=k1&headcount=12&name=Xu&phone=13900000041").status, 303);
    sign_in(&b, CITY, true);
    response p = ask(&b, WEB_GET, STR("/desk/import"), STR(""));
    assert_true(has(&p, "Agencies with a headcount only: 1, 12 people") && has(&p, "139****0041") && !has(&p, "13900000041"));
    assert_true(has(&p, "<td class=\"n\">2</td><td class=\"n\">12</td><td>Xu</td>")); /* named beside, never added */
    str token = hidden(&p, "form"), to = text_format(check_arena(), "/desk/headcounts/%lld/show", LL(org[0]));
    p = ask(&b, WEB_POST, to, text_format(check_arena(), "form=%.*s", STR_ARG(token)));
    assert_true(p.status == 200 && has(&p, "13900000041"));
    to = text_format(check_arena(), "form=%.*s&key=k2&org=%lld&headcount=7&name=Ding&phone=13900000042", STR_ARG(token), LL(org[1]));
    assert_int_equal(ask(&b, WEB_POST, STR("/desk/headcounts"), to).status, 303);
    p = ask(&b, WEB_GET, STR("/desk/import"), STR(""));
    assert_true(has(&p, "Agencies with a headcount only: 2, 19 people") && has(&p, "Ding"));
    to = text_format(check_arena(), "form=%.*s&key=k3&org=%lld&headcount=7", STR_ARG(token), LL(org[1]));
    p = ask(&b, WEB_POST, STR("/desk/headcounts"), to);
    assert_true(p.status == 422 && has(&p, "wants a contact"));
}

ON_BOTH(it_waits_and_is_replaced)
ON_BOTH(several_files_go_in_together_and_one_is_withdrawn)
ON_BOTH(a_mended_list_is_taken_and_stays)
ON_BOTH(a_number_in_place_of_names)
ON_BOTH(the_clerk_sees_whom_to_ring)
ON_BOTH(people_of_others_are_troubles)
ON_BOTH(the_clerk_takes_it_in_as_any_file)
ON_BOTH(a_list_without_units_is_that_of_who_handed_it_in)
ON_BOTH(a_second_tap_counts_once_and_a_file_that_is_gone_is_said)
ON_BOTH(no_other_link_takes_a_list)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(it_waits_and_is_replaced),
        BOTH(several_files_go_in_together_and_one_is_withdrawn),
        BOTH(a_mended_list_is_taken_and_stays),
        BOTH(a_number_in_place_of_names),
        BOTH(the_clerk_sees_whom_to_ring),
        BOTH(people_of_others_are_troubles),
        BOTH(the_clerk_takes_it_in_as_any_file),
        BOTH(a_list_without_units_is_that_of_who_handed_it_in),
        BOTH(a_second_tap_counts_once_and_a_file_that_is_gone_is_said),
        BOTH(no_other_link_takes_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
