/* Reading a list in at the desk: shown first, then written, and by whom. On both engines. */
#include "web/desk_browser.h"
#include "base/file.h"
#include "job/import_job.h"
#include "job/job.h"
#include "sheet/sheet.h"
#include "web/upload.h"

#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

static browser open_import(const char *url)
{
    browser b = open_desk(url);
    check_ok(uploads_open(check_arena(), check_path("uploads"), &b.site.uploads));
    return b;
}

static str part(const char *name, str value)
{
    return text_format(check_arena(), "--b7\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%.*s\r\n", name, STR_ARG(value));
}

/* As the server hands it over: the body in a file, which goes after the answer. */
static response send_body(browser *b, str body)
{
    request *q = arena_new(check_arena(), request);
    const char *from = check_path("uploads/upload-1");
    check_ok(file_write(check_arena(), from, body));
    *q = (request){ .a = arena_open(check_arena(), 4 << 20), .now = HOURS(b->hours), .method = WEB_POST, .path = STR("/desk/import"),
                    .target = STR("/desk/import"), .upload = from };
    q->headers[q->header_count++] = (header){ STR("Content-Type"), STR("multipart/form-data; boundary=b7") };
    response p = ask_request(b, q);
    p.body = str_copy(check_arena(), p.body);
    arena_close(q->a);
    unlink(from);
    return p;
}

static response send_kind(browser *b, str token, const char *kind, const char *name, str content)
{
    return send_body(b, text_format(check_arena(), "%.*s%.*s--b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%.*s\r\n--b7--\r\n",
                                    STR_ARG(part("form", token)), STR_ARG(part("kind", str_of(kind))), name, STR_ARG(content)));
}

static response send_file(browser *b, str token, const char *name, str content)
{
    return send_kind(b, token, "", name, content);
}

/* -- the press, and the work behind it ------------------------------------------------------------------- */
static int64_t moment;

static int64_t at_the_moment(void)
{
    return moment;
}

static job_options beside(const browser *b, str home)
{
    moment = HOURS(b->hours);
    return (job_options){ .app = b->w.p, .clock = at_the_moment, .which = 2, .uploads = b->site.uploads->dir, .home = home };
}

static bool did(job_loop *l)
{
    bool done = false;
    check_ok(job_step(l, check_arena(), &done));
    return done;
}

static void work_off(browser *b)
{
    job_options o = beside(b, b->site.uploads->home);
    job_loop *l = job_loop_open(check_arena(), &o);
    for (int i = 0; did(l); i++)
        assert_true(i < 50);
}

static str form_of(const response *page, const char *kind, const char *what)
{
    return text_format(check_arena(), "form=%.*s&upload=%.*s&home=%.*s&file=people.csv&kind=%s&what=%s", STR_ARG(hidden(page, "form")),
                       STR_ARG(hidden(page, "upload")), STR_ARG(hidden(page, "home")), kind, what);
}

/* Pressed: the page that waits. */
static const char *press(browser *b, str form)
{
    response p = post(b, "/desk/import/write", form);
    assert_int_equal(p.status, 303);
    const char *wait = str_z(check_arena(), header_of(&p, "Location"));
    assert_true(str_starts(str_of(wait), STR("/desk/import/job/")));
    return wait;
}

/* And written: what that page then says. */
static response write_whole(browser *b, str form)
{
    const char *wait = press(b, form);
    response p = get(b, wait);
    assert_true(p.status == 200 && str_is(header_of(&p, "Refresh"), "2") && has(&p, "It waits for its turn"));
    work_off(b);
    return get(b, wait);
}

static int write_it(browser *b, const response *page, const char *kind)
{
    return write_whole(b, form_of(page, kind, "write")).status;
}

static int files_left(void)
{
    FILE *f = popen(text_format(check_arena(), "ls %s | grep -cv ^home", check_path("uploads")).at, "r");
    int count = -1;
    assert_int_equal(fscanf(f, "%d", &count), 1);
    pclose(f);
    return count;
}

static str token_of(browser *b)
{
    response p = get(b, "/desk/import");
    return hidden(&p, "form");
}

static const char list_of_people[] = "姓名,手机,所属支部,身份证号,住址\n林知远,13900000001,Office,999001190001011234,East 1\n何建平,139000,Office,,\n"
                                     ",13900000003,Office,,\n林知远,13900000001,Office,,\nP1,13800000001,Office,,\n";

static str write_form(const response *page, const char *what)
{
    return form_of(page, "people", what);
}

static int64_t people(browser *b)
{
    return (int64_t)list(&b->w, "person", NULL, 0).count;
}

static void a_list_is_shown_before_anything_is_written(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "people.csv", str_of(list_of_people));
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "Check people.csv") && has(&p, "Read in only the 3 good rows") && has(&p, "→ name") && has(&p, "not read"));
    assert_true(has(&p, "No name; not imported.") && has(&p, "Add the name.") && !has(&p, "999001190001011234"));
    assert_int_equal(people(&b), before);
    assert_int_equal(list(&b.w, "import", NULL, 0).count, 0);
    assert_int_equal(files_left(), 1);
    response back = post(&b, "/desk/import/write", write_form(&p, "left_out"));
    sheet_file left;
    check_ok(sheet_read_bytes(check_arena(), STR("back.xlsx"), back.body, &left));
    assert_int_equal(left.pages.at[0].rows.count, 2); /* the header and the row without a name */
    check_str(left.pages.at[0].rows.at[1].cells[1], "13900000003");
    response done = write_whole(&b, write_form(&p, "write"));
    assert_int_equal(done.status, 303);
    assert_true(str_find(header_of(&done, "Location"), STR("added=")) >= 0);
    assert_int_equal(files_left(), 0);
    assert_int_equal(people(&b), before + 2);
    p = get(&b, str_z(check_arena(), header_of(&done, "Location")));
    assert_true(has(&p, "people.csv") && has(&p, "just now") && has(&p, "Read in: 2 new"));
    rows r = list(&b.w, "import_row", NAMED({ "verdict", T("error") }), 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "sheet_row"), 4);
}

/* What the second page asks for is mended there, looked at anew, and only then written. */
static void a_cell_is_mended_where_it_is_told(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "people.csv", str_of(list_of_people));
    assert_true(has(&p, "name=\"c0.4.0\" value=\"\"") && has(&p, "name=\"c0.3.1\" value=\"139000\""));
    str form = text_format(check_arena(), "%.*s&c0.4.0=%%E4%%B8%%81%%E7%%AB%%8B&c0.3.1=13900000004&c9.9.9=x", STR_ARG(write_form(&p, "mend")));
    p = post(&b, "/desk/import/write", form);
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "2 cells mended") && has(&p, "Read in 4 rows") && !has(&p, "No name; not imported."));
    assert_int_equal(people(&b), before);
    assert_int_equal(files_left(), 2);
    assert_int_equal(write_whole(&b, write_form(&p, "write")).status, 303);
    assert_int_equal(people(&b), before + 3);
    assert_int_equal(files_left(), 0);
    rows r = list(&b.w, "import_row", NAMED({ "verdict", T("error") }), 0);
    assert_int_equal(r.count, 0);
}

static void a_table_can_be_pasted(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    str pasted = STR("姓名\t手机\n林知远\t13900000001\n何建平\t13900000002\n");
    response p = send_body(&b, text_format(check_arena(), "%.*s%.*s--b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b7--\r\n",
                                           STR_ARG(part("form", token_of(&b))), STR_ARG(part("paste", pasted))));
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "Read in 2 rows"));
    assert_int_equal(write_whole(&b, write_form(&p, "write")).status, 303);
    assert_true(people(&b) > before);
    p = send_body(&b, text_format(check_arena(), "%.*s%.*s--b7--\r\n", STR_ARG(part("form", token_of(&b))), STR_ARG(part("paste", STR("  ")))));
    assert_true(p.status >= 400 && has(&p, "No file was chosen"));
}

static void an_import_is_taken_back(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "people.csv", str_of(list_of_people));
    write_it(&b, &p, "people");
    assert_int_equal(people(&b), before + 2);
    rows r = list(&b.w, "import", NULL, 0);
    p = get(&b, "/desk/import");
    assert_true(has(&p, "Take back"));
    str form = text_format(check_arena(), "form=%.*s&import=%lld", STR_ARG(hidden(&p, "form")), (long long)rows_int(&r, 0, "id"));
    p = post(&b, "/desk/import/undo", form);
    assert_int_equal(p.status, 303);
    assert_int_equal(people(&b), before);
    p = get(&b, str_z(check_arena(), header_of(&p, "Location")));
    assert_true(has(&p, "Taken back: ") && has(&p, "taken back ") && !has(&p, ">Take back<"));
    r = list(&b.w, "import", NULL, 0);
    assert_true(rows_int(&r, 0, "undone_at") == HOURS(b.hours) && rows_int(&r, 0, "written_at") == HOURS(b.hours));
    assert_true(rows_text(&r, 0, "undone_by").len && has(&p, text_format(check_arena(), "by %.*s", STR_ARG(rows_text(&r, 0, "undone_by"))).at));
    p = post(&b, "/desk/import/undo", form);
    assert_true(p.status == 409 || p.status == 303);
}

/* The button goes with the day, as the command would refuse. */
static void after_a_day_nothing_is_taken_back(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response p = send_file(&b, token_of(&b), "people.csv", str_of(list_of_people));
    write_it(&b, &p, "people");
    p = get(&b, "/desk/import");
    assert_true(has(&p, ">Take back<"));
    b.hours += 23;
    p = get(&b, "/desk/import");
    if (p.status == 303) /* asked to sign in anew */
        sign_in(&b, CITY, true);
    p = get(&b, "/desk/import");
    assert_true(p.status == 200 && has(&p, ">Take back<"));
    b.hours += 2;
    p = get(&b, "/desk/import");
    if (p.status == 303)
        sign_in(&b, CITY, true);
    p = get(&b, "/desk/import");
    assert_true(p.status == 200 && has(&p, "people.csv") && !has(&p, ">Take back<"));
}

static str file_part(const char *name, const char *content)
{
    return text_format(check_arena(), "--b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n", name, content);
}

static str token_in(const response *p, const char *before)
{
    ptrdiff_t at = str_find(p->body, str_of(before));
    assert_true(at >= 0);
    str rest = str_from(p->body, (size_t)at + strlen(before)), token;
    assert_true(str_split(&rest, '.', &token));
    return token;
}

/* Sent together, looked at together, mended in one list; a job for each, and nobody else sees the tray. */
/* All that the page would write, in its order. */
static void put_uploads(text *t, const response *page)
{
    str rest = page->body;
    for (ptrdiff_t at; (at = str_find(rest, STR("name=\"upload\" value=\""))) >= 0;) {
        str value;
        rest = str_from(rest, (size_t)at + 21);
        assert_true(str_split(&rest, '"', &value));
        text_printf(t, "&upload=%.*s", STR_ARG(value));
    }
}

static void many_files_lie_in_the_tray(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_body(&b, text_format(check_arena(), "%.*s%.*s%.*s%.*s--b7--\r\n", STR_ARG(part("form", token_of(&b))),
                                           STR_ARG(file_part("one.csv", "市水务局党员花名册\n支部,姓名,手机\n一支部,林知远,13900000001\n一支部,,13900000002\n")),
                                           STR_ARG(file_part("two.csv", "姓名,手机,住哪儿\n何建平,139000,望江苑\n")), STR_ARG(file_part("junk.xlsx", "PK\x03\x04 no"))));
    assert_int_equal(p.status, 303);
    assert_int_equal(files_left(), 6); /* three, and what is known of each */
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "3 files to read in") && has(&p, "one.csv") && has(&p, "value=\"市水务局\"") && has(&p, "from its title") && has(&p, "cannot be read") && has(&p, "139000"));
    assert_int_equal(people(&b), before);
    str token = token_in(&p, "name=\"c."), choice = token_in(&p, "<select class=\"input\" name=\"k."), form = hidden(&p, "form");
    p = post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=mend&c.%.*s.0.4.1=P9&c.x.0.4.1=no", STR_ARG(form), STR_ARG(token)));
    assert_true(str_is(header_of(&p, "Location"), "/desk/import/tray?mended=1"));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=mend&k.%.*s.0.2=address&k.%.*s.0.9=phone", STR_ARG(form), STR_ARG(choice), STR_ARG(choice)));
    assert_int_equal(list(&b.w, "column_choice", NULL, 0).count, 1);
    p = get(&b, str_z(check_arena(), text_format(check_arena(), "/desk/import/tray?columns=%.*s", STR_ARG(choice))));
    assert_true(has(&p, "<option value=\"address\" selected>") && !has(&p, "not known"));
    p = get(&b, "/desk/import/tray?mended=1");
    assert_true(has(&p, "1 cells mended") && has(&p, "Read in only the 3 good rows"));
    text t = text_begin(check_arena());
    text_printf(&t, "form=%.*s&what=write", STR_ARG(hidden(&p, "form")));
    put_uploads(&t, &p);
    p = post(&b, "/desk/import/tray", text_done(&t));
    assert_true(p.status == 303 && str_is(header_of(&p, "Location"), "/desk/import"));
    p = get(&b, "/desk/import");
    assert_true(has(&p, "1 files were sent") && str_is(header_of(&p, "Refresh"), "2"));
    work_off(&b);
    assert_int_equal(people(&b), before + 3);
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "1 files to read in"));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=drop.%.*s", STR_ARG(hidden(&p, "form")),
                                              STR_ARG(token_in(&p, "value=\"drop."))));
}

static void the_tray_is_written_in_the_order_in_which_files_speak_of_each_other(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    send_body(&b, text_format(check_arena(), "%.*s%.*s%.*s%.*s%.*s--b7--\r\n", STR_ARG(part("form", token_of(&b))),
                              STR_ARG(file_part("a-needs.csv", "社区,小区,班次,人数\n北湖社区,临湖里,8:00-12:00,2人\n")),
                              STR_ARG(file_part("b-people.csv", "姓名,手机,住址\n林知远,13900000001,临湖里3栋\n")),
                              STR_ARG(file_part("c-compounds.csv", "社区名称,小区名称\n北湖社区,临湖里\n")),
                              STR_ARG(file_part("d-divisions.csv", "code,name,street,district\n320303001009,北湖社区,柳堤街道,云南浦区\n"))));
    response p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "4 files to read in") && has(&p, "Read in 4 rows") && !has(&p, "cannot be read"));
    text t = text_begin(check_arena());
    text_printf(&t, "form=%.*s&what=write", STR_ARG(hidden(&p, "form")));
    put_uploads(&t, &p);
    post(&b, "/desk/import/tray", text_done(&t));
    work_off(&b);
    rows r = list(&b.w, "need", NULL, 0);
    size_t asked = 0;
    for (size_t i = 0; i < r.count; i++)
        asked += str_is(rows_text(&r, i, "post"), "临湖里");
    assert_true(asked > 0);
}

/* From a chat: what each column means is asked over its first rows, and only then it is read. */
static void a_table_without_a_header_is_asked_about(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "chat.txt", STR("林知远\t13900000001\t东塘队\t999001190001011234\n何建平\t13900000002\t东塘队\t999001190001011235\n"));
    assert_int_equal(p.status, 303);
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "chat.txt: no header was found") && has(&p, "<td>东塘队</td>") && !has(&p, "999001190001011234"));
    str token = token_in(&p, "<select class=\"input\" name=\"b."), form = hidden(&p, "form");
    assert_true(has(&p, "<option value=\"name\" selected>") && has(&p, "<option value=\"phone\" selected>"));
    str post_form = text_format(check_arena(), "form=%.*s&what=mend&b.%.*s.0=name&b.%.*s.1=phone", STR_ARG(form), STR_ARG(token), STR_ARG(token));
    post(&b, "/desk/import/tray", post_form); /* another button: nothing is taken that nobody confirmed */
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "no header was found"));
    p = post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=bare.%.*s&b.%.*s.0=&b.%.*s.1=phone", STR_ARG(form), STR_ARG(token),
                                                  STR_ARG(token), STR_ARG(token)));
    assert_true(p.status == 422 && has(&p, "no column is said to be the name"));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=bare.%.*s&b.%.*s.0=name&b.%.*s.1=phone&b.%.*s.2=remark&b.%.*s.3=remark",
                                              STR_ARG(form), STR_ARG(token), STR_ARG(token), STR_ARG(token), STR_ARG(token), STR_ARG(token)));
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "Read in 2 rows") && has(&p, "C → note") && !has(&p, "no header was found"));
    assert_int_equal(list(&b.w, "column_choice", NULL, 0).count, 0); /* nothing in it says that the third is a remark */
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=write&upload=%.*s", STR_ARG(form), STR_ARG(token)));
    work_off(&b);
    assert_int_equal(people(&b), before + 2);
}

static void whose_list_it_is_can_be_put_right(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response p = send_body(&b, text_format(check_arena(), "%.*s%.*s%.*s--b7--\r\n", STR_ARG(part("form", token_of(&b))),
                                           STR_ARG(file_part("one.csv", "市水务局党员花名册\n姓名,手机\n林知远,13900000001\n")),
                                           STR_ARG(file_part("units.csv", "单位名称,上级单位\n市水利局,\n"))));
    p = get(&b, "/desk/import/tray");
    str form = hidden(&p, "form");
    ptrdiff_t at = str_find(p.body, STR("name=\"i."));
    assert_true(at >= 0);
    str rest = str_from(p.body, (size_t)at + 8), mine;
    assert_true(str_split(&rest, '"', &mine));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=mend&i.%.*s=%%E5%%B8%%82%%E7%%8E%%AF%%E5%%8D%%AB%%E5%%A4%%84", STR_ARG(form), STR_ARG(mine)));
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "value=\"市环卫处\"") && has(&p, "as was said") && has(&p, "no unit yet"));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=mend&i.%.*s=", STR_ARG(form), STR_ARG(mine)));
    p = get(&b, "/desk/import/tray");
    assert_true(has(&p, "value=\"市水务局\"") && has(&p, "from its title"));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=mend&i.%.*s=%%E5%%B8%%82%%E7%%8E%%AF%%E5%%8D%%AB%%E5%%A4%%84", STR_ARG(form), STR_ARG(mine)));
    post(&b, "/desk/import/tray", text_format(check_arena(), "form=%.*s&what=write&upload=%.*s", STR_ARG(form), STR_ARG(mine)));
    work_off(&b);
    rows r = list(&b.w, "org", NULL, 0);
    bool made = false;
    for (size_t i = 0; i < r.count; i++)
        made = made || str_is(rows_text(&r, i, "name"), "市环卫处");
    assert_true(made);
}

static void the_same_file_again_is_told(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    str content = STR("姓名,手机\n林知远,13900000001\n");
    response p = send_file(&b, token_of(&b), "a.csv", content);
    str first = write_form(&p, "write");
    const char *wait = press(&b, first);
    check_str(str_of(press(&b, first)), wait); /* the tap that came twice */
    work_off(&b);
    assert_int_equal(get(&b, wait).status, 303);
    p = post(&b, "/desk/import/write", first); /* late */
    assert_int_equal(p.status, 404);
    assert_true(has(&p, "no longer here"));
    p = send_file(&b, token_of(&b), "a.csv", content);
    assert_true(has(&p, "already; there is nothing to do"));
    p = write_whole(&b, write_form(&p, "write"));
    assert_true(p.status == 200 && has(&p, "This very file was read in already"));
    assert_int_equal(list(&b.w, "import", NULL, 0).count, 1);
}

static void units_go_under_what_is_there(const char *url)
{
    browser b = open_import(url);
    agency_of_two(&b);
    sign_in(&b, CITY, true);
    response p = send_file(&b, token_of(&b), "units.csv", STR("单位名称,上级单位,联系人\n第一支部,Agency,林\n第一小组,第一支部,林\n"));
    assert_true(has(&p, "Read in 2 rows") && has(&p, "Units"));
    assert_int_equal(write_it(&b, &p, "orgs"), 303);
    rows r = list(&b.w, "org", NULL, 0);
    assert_int_equal(r.count, 3);
    assert_true(str_is(rows_text(&r, 1, "parent"), "Agency") && str_is(rows_text(&r, 2, "parent"), "第一支部"));
}

static void people_are_placed_by_the_tables_read_in_before(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response p = send_kind(&b, token_of(&b), "divisions", "a.csv",
                           STR("code,name,street,district\n320303001009,东塘社区,柳堤街道,云南浦区\n,无名社区,柳堤街道,云南浦区\n"));
    assert_true(has(&p, "Read in only the 1 good rows") && has(&p, "No 12-digit division code"));
    assert_int_equal(write_it(&b, &p, "divisions"), 303);
    p = send_kind(&b, token_of(&b), "gazetteer", "a.csv",
                  STR("社区名称,小区名称\n东塘社区,望江苑（1-9号楼）\n东塘社区,望江苑（11-15号楼）\n南山社区,望月苑\n"));
    assert_true(has(&p, "Read in only the 2 good rows") && has(&p, "is not in the division table"));
    assert_int_equal(write_it(&b, &p, "gazetteer"), 303);
    rows r = list(&b.w, "compound_part", NULL, 0);
    size_t ranges = 0;
    for (size_t i = 0; i < r.count; i++)
        ranges += str_is(rows_text(&r, i, "name"), "望江苑") && str_is(rows_text(&r, i, "part"), "range");
    assert_int_equal(ranges, 2);
    p = send_file(&b, token_of(&b), "a.csv", STR("姓名,手机,住址\n林知远,13900000001,望江苑3栋\n何建平,13900000002,望江苑10栋\n"));
    assert_int_equal(write_it(&b, &p, "people"), 303);
    r = list(&b.w, "person", NULL, 0);
    size_t placed = 0, queued = 0;
    for (size_t i = 0; i < r.count; i++) {
        bool mine = str_is(rows_text(&r, i, "name"), "林知远");
        placed += mine && str_is(rows_text(&r, i, "community_code"), "320303001009");
        queued += str_is(rows_text(&r, i, "name"), "何建平") && str_is(rows_text(&r, i, "placement"), "queued");
    }
    assert_int_equal(placed, 1);
    assert_int_equal(queued, 1);
    r = list(&b.w, "team_member", NULL, 0);
    bool joined = false;
    for (size_t i = 0; i < r.count; i++)
        joined = joined || str_is(rows_text(&r, i, "name"), "林知远");
    assert_true(joined);
}

static void hours_are_of_people_on_the_list(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response p = send_file(&b, token_of(&b), "a.csv", STR("姓名,手机,日期,时段\nP1,13800000001,2月9日,8:00-12:00\n无此人,13900000009,2月9日,8:00-12:00\n"));
    assert_true(has(&p, "Hours people can") && has(&p, "Read in only the 1 good rows") && has(&p, "is nobody on the list"));
    assert_int_equal(list(&b.w, "availability", NULL, 0).count, 0);
    assert_int_equal(write_it(&b, &p, "availability"), 303);
    rows r = list(&b.w, "availability", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_true(rows_int(&r, 0, "person_id") == b.w.person[1] && rows_int(&r, 0, "starts_at") == HOURS(24 + 8));
}

static const char two_days[] = "&from_on=2020-02-08&to_on=2020-02-09";

static response send_needs(browser *b, const char *days, str content)
{
    str from = days ? part("from_on", str_of("2020-02-08")) : STR(""), to = days ? part("to_on", str_of(days)) : STR("");
    return send_body(b, text_format(check_arena(), "%.*s%.*s%.*s%.*s--b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n%.*s\r\n--b7--\r\n",
                                    STR_ARG(part("form", token_of(b))), STR_ARG(part("kind", STR("needs"))), STR_ARG(from), STR_ARG(to), STR_ARG(content)));
}

static int write_needs(browser *b, const response *page)
{
    return write_it(b, page, text_format(check_arena(), "needs%s", two_days).at);
}

static int64_t heads(browser *b, const char *post, const char *day)
{
    rows r = list(&b->w, "need", NULL, 0);
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "post"), post) && str_is(rows_text(&r, i, "starts_on"), day))
            return rows_int(&r, i, "headcount_min");
    return 0;
}

static void needs_are_shown_then_written_and_the_rest_given_up(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    static const char sheet[] = "社区,小区,班次,人数,日期\nEast,Lane 1,8:00-12:00,3人,2月8日\nEast,Lane 2,8:00-12:00,2人,\nNowhere,Lane 3,8:00-12:00,2人,\n"
                                "East,Lane 4,8:00-12:00,many,\n";
    response p = send_needs(&b, "2020-02-09", str_of(sheet));
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "Read in only the 2 good rows") && has(&p, "Nowhere") && has(&p, "is not in the table of divisions"));
    assert_true(has(&p, "<dt>Needs</dt><dd>3</dd>") && has(&p, "<dt>Asked no more</dt><dd>0</dd>"));
    assert_int_equal(list(&b.w, "need", NULL, 0).count, 0);
    assert_int_equal(write_needs(&b, &p), 303);
    assert_int_equal(list(&b.w, "need", NULL, 0).count, 3);
    assert_true(heads(&b, "Lane 1", "2020-02-08") == 3 && !heads(&b, "Lane 1", "2020-02-09"));
    assert_true(heads(&b, "Lane 2", "2020-02-08") == 2 && heads(&b, "Lane 2", "2020-02-09") == 2);
    p = send_needs(&b, "2020-02-09", STR("社区,小区,班次,人数\nEast,Lane 2,8:00-12:00,4人\n"));
    assert_true(has(&p, "<dt>Needs</dt><dd>2</dd>") && has(&p, "<dt>Asked no more</dt><dd>1</dd>"));
    assert_int_equal(heads(&b, "Lane 1", "2020-02-08"), 3); /* nothing before the press */
    assert_int_equal(write_needs(&b, &p), 303);
    assert_true(!heads(&b, "Lane 1", "2020-02-08") && heads(&b, "Lane 2", "2020-02-09") == 4);
    int64_t own = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2); /* not by a sheet: stays */
    assert_true(own > 0);
    p = send_needs(&b, "2020-02-09", STR("社区,小区,班次,人数\nEast,Lane 2,8:00-12:00,5人\nEast,Lane 2,8:00-12:00,6人\n"));
    assert_true(has(&p, "<dt>Asked no more</dt><dd>0</dd>") && has(&p, "has a row for the same shift and day already"));
    assert_int_equal(write_needs(&b, &p), 303);
    assert_true(heads(&b, "Gate", "2020-02-08") == 1 && heads(&b, "Lane 2", "2020-02-08") == 6);
    assert_int_equal(send_needs(&b, "2020-02-07", str_of(sheet)).status, 422);
}

static void who_may_not_is_refused_and_nothing_stays(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response shown = send_file(&b, token_of(&b), "a.csv", STR("姓名\n林知远\n"));
    str of_city = write_form(&shown, "write");
    sign_in(&b, 3, false);
    assert_int_equal(send_file(&b, STR("x"), "a.csv", STR("姓名\n何建平\n")).status, 403);
    static const int others[] = { EAST_DESK, AUDITOR };
    for (size_t i = 0; i < COUNT(others); i++) {
        sign_in(&b, others[i], true);
        response p = get(&b, "/desk/import");
        assert_true(has(&p, "Only who commands the whole city") && !has(&p, "type=\"file\""));
        str token = hidden(&p, "form");
        assert_int_equal(send_file(&b, token, "a.csv", STR("姓名\n何建平\n")).status, 403);
        str rest = of_city, ignored;
        str_split(&rest, '&', &ignored);
        assert_int_equal(post(&b, "/desk/import/write", text_format(check_arena(), "form=%.*s&%.*s", STR_ARG(token), STR_ARG(rest))).status, 403);
    }
    make(&b, 4, "commander", "all", NULL); /* another's file is not found */
    sign_in(&b, 4, true);
    str rest = of_city, ignored;
    str_split(&rest, '&', &ignored);
    assert_int_equal(post(&b, "/desk/import/write", text_format(check_arena(), "form=%.*s&%.*s", STR_ARG(token_of(&b)), STR_ARG(rest))).status, 404);
    assert_int_equal(list(&b.w, "import", NULL, 0).count, 0);
    assert_int_equal(files_left(), 1);
}

static void a_file_that_is_none_is_told_why(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    static const struct {
        const char *what, *name, *content, *want;
        int status;
    } cases[] = {
        { "no file", "", "", "No file was chosen.", 422 },
        { "an empty file", "a.csv", "", "The file a.csv is empty.", 422 },
        { "a picture", "a.png", "\x89PNG\r\n\x1a\n\0", "a.png", 422 },
        { "an old workbook cut off", "a.xls", "\xd0\xcf\x11\xe0", "a.xls is incomplete or damaged.", 422 },
        { "a broken workbook", "a.xlsx", "PK\x03\x04 and no more", "a.xlsx", 422 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        response p = send_file(&b, token_of(&b), cases[i].name, str_of(cases[i].content));
        assert_int_equal(p.status, cases[i].status);
        assert_true(has(&p, cases[i].want) && has(&p, "role=\"alert\"") && has(&p, "type=\"file\""));
        assert_int_equal(files_left(), 0);
    }
    response p = send_body(&b, STR("--b7\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\nx"));
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "did not arrive whole"));
    assert_int_equal(send_file(&b, STR("not-the-token"), "a.csv", STR("姓名\n何建平\n")).status, 403);
    p = post(&b, "/desk/import", STR("form=x")); /* a form without a file, or one that was not let in */
    assert_int_equal(p.status, 413);
    assert_int_equal(files_left(), 0);
}

/* The server asks before it takes a byte of the body. */
static void a_file_is_let_in_for_whoever_may_send_it(const char *url)
{
    browser b = open_import(url);
    request q = { .a = check_arena(), .now = HOURS(b.hours), .method = WEB_POST, .path = STR("/desk/import") };
    q.headers[q.header_count++] = (header){ STR("Content-Type"), STR("multipart/form-data; boundary=x") };
    assert_false(upload_is(&b.site, &q));
    sign_in(&b, 3, false);
    q.headers[q.header_count++] = (header){ STR("Cookie"), text_format(check_arena(), "muster=%.*s", STR_ARG(b.cookie)) };
    assert_false(upload_is(&b.site, &q));
    sign_in(&b, CITY, true);
    q.headers[1].value = text_format(check_arena(), "muster=%.*s", STR_ARG(b.cookie));
    q.path = STR("/desk/orders/new");
    assert_false(upload_is(&b.site, &q));
    q.path = STR("/desk/import");
    for (int i = 0; i < 2; i++) { /* what has gone makes room */
        q.a = arena_open(check_arena(), 1 << 20);
        for (int k = 0; k < UPLOADS_AT_ONCE; k++)
            assert_true(upload_is(&b.site, &q));
        assert_false(upload_is(&b.site, &q));
        arena_close(q.a);
    }
}

static void a_file_nobody_used_goes_after_a_day(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response p = send_file(&b, token_of(&b), "a.csv", STR("姓名\n何建平\n"));
    uploads_sweep(b.site.uploads);
    assert_int_equal(files_left(), 1);
    const char *path = text_format(check_arena(), "%s/kept-%lld-%.*s", b.site.uploads->dir, LL(b.w.person[CITY]), STR_ARG(hidden(&p, "upload"))).at;
    struct stat s;
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    check_ok(file_write(check_arena(), check_path("uploads/of-others"), STR("x")));
    const struct utimbuf day_ago = { s.st_mtime - UPLOAD_KEPT_HOURS * 3600 - 1, s.st_mtime - UPLOAD_KEPT_HOURS * 3600 - 1 };
    assert_int_equal(utime(path, &day_ago), 0);
    assert_int_equal(utime(check_path("uploads/of-others"), &day_ago), 0);
    uploads_sweep(b.site.uploads);
    assert_int_equal(access(check_path("uploads/of-others"), F_OK), 0);
    p = post(&b, "/desk/import/write", write_form(&p, "write"));
    assert_int_equal(p.status, 404);
    assert_int_equal(list(&b.w, "import", NULL, 0).count, 0);
}

/* -- stopped, killed, elsewhere -------------------------------------------------------------------------- */
enum { MANY = 450 }; /* three pieces of each command */

static str many_people(void)
{
    text t = text_begin(check_arena());
    text_put_z(&t, "姓名,手机,住址\n");
    for (int i = 0; i < MANY; i++)
        text_printf(&t, "何%d,139%08d,East %d\n", i, i, i);
    return text_done(&t);
}

typedef struct patience {
    int left;
    int last; /* percent */
} patience;

static bool loses_patience(void *of, int percent)
{
    patience *p = of;
    assert_true(percent >= p->last && percent < 100);
    p->last = percent;
    return p->left-- > 0;
}

static void is_whole_once(browser *b, int64_t before)
{
    rows r = list(&b->w, "import", NULL, 0);
    assert_int_equal(r.count, 1);
    check_str(rows_text(&r, 0, "state"), "applied");
    assert_int_equal(rows_int(&r, 0, "rows"), MANY);
    assert_int_equal(people(b) - before, MANY);
    assert_int_equal(list(&b->w, "person_placed", NULL, 0).count + list(&b->w, "place_queue_person", NULL, 0).count, MANY + STRANGER);
}

/* Whoever runs it dies before its first, second, third ... command: the next one finishes it. */
static void killed_between_any_two_commands_it_is_finished_by_the_next(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "a.csv", many_people());
    press(&b, write_form(&p, "write"));
    job_options o = beside(&b, b.site.uploads->home);
    int died = 0;
    for (;; died++) {
        patience short_one = { .left = died };
        job j;
        str result = { 0 };
        rows r = list(&b.w, "job_my", NULL, 0);
        check_ok(app_job_find(b.w.p, check_arena(), rows_int(&r, 0, "id"), &j));
        j.attempts = died + 1;
        err *e = import_job_run(check_arena(), b.w.p, &j, moment, &(import_job_how){ .uploads = o.uploads, .go_on = loses_patience, .of = &short_one }, &result);
        if (!e)
            break;
        check_str(str_of(e->message), "import.stopped");
    }
    assert_true(died >= 9); /* begin, 3 of people, 3 of homes, teams, 3 of rows, end */
    is_whole_once(&b, before);
    work_off(&b); /* and once more before its job is settled */
    rows r = list(&b.w, "job_my", NULL, 0);
    check_str(rows_text(&r, 0, "state"), "parked"); /* a first attempt at what was read in */
    is_whole_once(&b, before);
}

/* The thread dies with the job in its hands; its lease runs out. */
static void a_job_left_in_the_middle_is_taken_up(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "a.csv", many_people());
    const char *wait = press(&b, write_form(&p, "write"));
    job_options o = beside(&b, b.site.uploads->home);
    arena *a = arena_open(check_arena(), 1 << 20);
    job_loop *l = job_loop_open(a, &o);
    assert_true(did(l) && did(l)); /* taken and written, not settled */
    arena_close(a);
    is_whole_once(&b, before);
    p = get(&b, wait);
    assert_true(p.status == 200 && has(&p, "is written"));
    assert_int_equal(files_left(), 1);
    b.hours += 0.1;
    work_off(&b);
    assert_int_equal(get(&b, wait).status, 303);
    assert_int_equal(files_left(), 0);
    is_whole_once(&b, before);
}

static void stopped_it_goes_on_where_it_was(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    int64_t before = people(&b);
    response p = send_file(&b, token_of(&b), "a.csv", many_people());
    const char *wait = press(&b, write_form(&p, "write"));
    job_options o = beside(&b, b.site.uploads->home);
    job_loop *l = job_loop_open(check_arena(), &o);
    assert_true(did(l)); /* taken */
    p = get(&b, "/desk/import");
    assert_true(has(&p, wait) && !has(&p, "broken off"));
    p = get(&b, wait);
    str form = text_format(check_arena(), "form=%.*s&key=k1", STR_ARG(hidden(&p, "form")));
    p = post(&b, text_format(check_arena(), "%s/stop", wait).at, form);
    assert_true(p.status == 303 && str_is(header_of(&p, "Location"), wait));
    assert_true(did(l) && did(l));
    p = get(&b, wait);
    assert_true(p.status == 200 && !header_of(&p, "Refresh").len && has(&p, "Stopped. What is written stays"));
    assert_true(people(&b) == before && files_left() == 1);
    assert_int_equal(post(&b, text_format(check_arena(), "%s/again", wait).at, text_format(check_arena(), "form=%.*s&key=k2", STR_ARG(hidden(&p, "form")))).status, 303);
    work_off(&b);
    assert_int_equal(get(&b, wait).status, 303);
    is_whole_once(&b, before);
}

/* Pressed on a server that has not the file, or run by one: the one that has it writes it. */
static void a_file_elsewhere_is_written_where_it_is(const char *url)
{
    browser b = open_import(url);
    sign_in(&b, CITY, true);
    response p = send_file(&b, token_of(&b), "a.csv", STR("姓名,手机\n林知远,13900000001\n"));
    str form = write_form(&p, "write"), left_out = write_form(&p, "left_out");
    uploads *here = b.site.uploads, *there = NULL;
    check_ok(uploads_open(check_arena(), check_path("other-uploads"), &there));
    assert_false(str_equal(here->home, there->home));
    uploads *again = NULL;
    check_ok(uploads_open(check_arena(), here->dir, &again));
    assert_true(str_equal(here->home, again->home)); /* after a restart too */
    b.site.uploads = there;
    p = post(&b, "/desk/import/write", left_out);
    assert_true(p.status == 409 && has(&p, "The file is on another server"));
    const char *wait = press(&b, form);
    p = get(&b, wait);
    assert_true(has(&p, "The file is on another server and is written there"));
    work_off(&b); /* of this server: not its */
    p = get(&b, wait);
    assert_int_equal(p.status, 200);
    b.site.uploads = here;
    work_off(&b);
    assert_int_equal(get(&b, wait).status, 303);
    sign_in(&b, EAST_DESK, true);
    assert_int_equal(get(&b, wait).status, 404); /* another's */
}

ON_BOTH(killed_between_any_two_commands_it_is_finished_by_the_next)
ON_BOTH(a_job_left_in_the_middle_is_taken_up)
ON_BOTH(stopped_it_goes_on_where_it_was)
ON_BOTH(a_file_elsewhere_is_written_where_it_is)
ON_BOTH(a_list_is_shown_before_anything_is_written)
ON_BOTH(a_cell_is_mended_where_it_is_told)
ON_BOTH(a_table_can_be_pasted)
ON_BOTH(many_files_lie_in_the_tray)
ON_BOTH(the_tray_is_written_in_the_order_in_which_files_speak_of_each_other)
ON_BOTH(an_import_is_taken_back)
ON_BOTH(a_table_without_a_header_is_asked_about)
ON_BOTH(whose_list_it_is_can_be_put_right)
ON_BOTH(after_a_day_nothing_is_taken_back)
ON_BOTH(the_same_file_again_is_told)
ON_BOTH(units_go_under_what_is_there)
ON_BOTH(people_are_placed_by_the_tables_read_in_before)
ON_BOTH(hours_are_of_people_on_the_list)
ON_BOTH(needs_are_shown_then_written_and_the_rest_given_up)
ON_BOTH(who_may_not_is_refused_and_nothing_stays)
ON_BOTH(a_file_that_is_none_is_told_why)
ON_BOTH(a_file_is_let_in_for_whoever_may_send_it)
ON_BOTH(a_file_nobody_used_goes_after_a_day)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(killed_between_any_two_commands_it_is_finished_by_the_next),
        BOTH(a_job_left_in_the_middle_is_taken_up),
        BOTH(stopped_it_goes_on_where_it_was),
        BOTH(a_file_elsewhere_is_written_where_it_is),
        BOTH(a_list_is_shown_before_anything_is_written),
        BOTH(a_cell_is_mended_where_it_is_told),
        BOTH(a_table_can_be_pasted),
        BOTH(many_files_lie_in_the_tray),
        BOTH(the_tray_is_written_in_the_order_in_which_files_speak_of_each_other),
        BOTH(an_import_is_taken_back),
        BOTH(a_table_without_a_header_is_asked_about), BOTH(whose_list_it_is_can_be_put_right),
        BOTH(after_a_day_nothing_is_taken_back), BOTH(the_same_file_again_is_told),
        BOTH(units_go_under_what_is_there),
        BOTH(people_are_placed_by_the_tables_read_in_before),
        BOTH(hours_are_of_people_on_the_list),
        BOTH(needs_are_shown_then_written_and_the_rest_given_up),
        BOTH(who_may_not_is_refused_and_nothing_stays),
        BOTH(a_file_that_is_none_is_told_why),
        BOTH(a_file_is_let_in_for_whoever_may_send_it),
        BOTH(a_file_nobody_used_goes_after_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
