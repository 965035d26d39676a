/* What /readyz says: each check alone makes it say no. */
#include "web/browser.h"

#include "command/health.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct by_hand {
    store_work work; /* first */
    const char *sql;
} by_hand;

static err *run_by_hand(store_work *work, store_txn *t, arena *a)
{
    const char *sql = ((by_hand *)work)->sql;
    return store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, NULL);
}

static void change(browser *b, const char *sql)
{
    by_hand h = { .work = { .run = run_by_hand }, .sql = sql };
    check_ok(store_submit_wait(app_store(b->w.p), check_arena(), &h.work));
}

static void wants(browser *b, int status, const char *part)
{
    response p = ask(b, WEB_GET, STR("/readyz"), STR(""));
    CASE(part);
    assert_int_equal(p.status, status);
    assert_true(has(&p, part));
    assert_false(has(&p, "m.db")); /* nothing of the machine */
}

static void ready_says_what_is_wrong(const char *url)
{
    browser b = open_browser(url);
    wants(&b, 200, "\"ready\":true");
    wants(&b, 200, "\"database\":{\"ok\":true}");
    change(&b, "UPDATE installation SET schema_version = schema_version + 1");
    wants(&b, 503, "\"schema\":{\"ok\":false");
    change(&b, "UPDATE installation SET schema_version = schema_version - 1");
    wants(&b, 200, "\"schema\":{\"ok\":true");
    change(&b, "ALTER TABLE installation RENAME TO elsewhere");
    wants(&b, 503, "\"database\":{\"ok\":false}");
}

static void a_full_disk_is_not_ready(void **state)
{
    (void)state;
    browser b = open_browser(check_path("m.db"));
    b.site.limits = (health_limits){ .file = check_path("m.db"), .disk_floor_mb = 1 };
    wants(&b, 200, "\"disk\":{\"ok\":true");
    b.site.limits.disk_floor_mb = (int64_t)1 << 40;
    wants(&b, 503, "\"disk\":{\"ok\":false");
    b.site.limits = (health_limits){ .file = "/nowhere/m.db", .disk_floor_mb = 1 };
    wants(&b, 503, "\"disk\":{\"ok\":false,\"free_mb\":0");
}

static void an_old_backup_warns_or_is_not_ready(void **state)
{
    (void)state;
    browser b = open_browser(check_path("m.db"));
    const char *mark = health_backup_mark(check_arena(), check_path("m.db"));
    b.site.limits = (health_limits){ .file = check_path("m.db") };
    wants(&b, 200, "\"backup\":{\"ok\":true,\"warning\":true}"); /* never made: a warning */
    b.site.limits.backup_max_hours = 30;
    wants(&b, 503, "\"backup\":{\"ok\":false,\"warning\":true,\"max_hours\":30}");
    int fd = open(mark, O_CREAT | O_WRONLY, 0600);
    struct timespec at[2] = { { .tv_sec = HOURS(b.hours) / 1000 - 29 * 3600 }, { .tv_sec = HOURS(b.hours) / 1000 - 29 * 3600 } };
    assert_int_equal(futimens(fd, at), 0);
    close(fd);
    wants(&b, 200, "\"backup\":{\"ok\":true,\"warning\":true,\"age_hours\":29");
    b.hours += 2;
    wants(&b, 503, "\"age_hours\":31");
    b.site.limits.backup_max_hours = 0;
    wants(&b, 200, "\"age_hours\":31");
}

ON_BOTH(ready_says_what_is_wrong)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(ready_says_what_is_wrong),
        CHECK_TEST(a_full_disk_is_not_ready),
        CHECK_TEST(an_old_backup_warns_or_is_not_ready),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
