/*
 * Every column that points at a person is known here: what hangs on the merged one is the kept one's afterwards and comes back
 * when the merge is taken back. A new table makes the first test fail until somebody has said which it is.
 */
#include "deeds.h"

#include "store/store.h"

#include <string.h>

typedef enum part {
    MOVED,   /* the kept one's afterwards */
    PARTLY,  /* a published roster stays as it was */
    COPIED,  /* stays, and the kept one gets what he lacks */
    HISTORY, /* who did something: it was done under that name */
    STAYS    /* of the row itself: the care note is sealed for it, a password and its tries, the merges */
} part;
static const struct { const char *table, *column; part what; } known[] = {
    { "attendance", "by_id", HISTORY }, { "attendance", "confirmed_by", HISTORY }, { "attendance", "person_id", MOVED },
    { "availability", "person_id", MOVED }, { "bulletin", "checked_by", HISTORY }, { "bulletin", "filled_by", HISTORY },
    { "call_attempt", "by_id", HISTORY }, { "call_order", "drafted_by", HISTORY }, { "call_order", "released_by", HISTORY },
    { "care", "person_id", STAYS }, { "care_reader", "person_id", STAYS }, { "care_reader", "reader_id", MOVED },
    { "care_rule", "person_id", MOVED }, { "certificate", "issued_by", HISTORY }, { "certificate", "person_id", MOVED },
    { "donation", "by_id", HISTORY }, { "donation", "receiver_id", HISTORY }, { "donor", "person_id", MOVED },
    { "duty", "person_id", MOVED }, { "escalation", "taken_by_id", HISTORY }, { "import", "undone_by", HISTORY }, { "job", "asked_by", HISTORY },
    { "join_request", "decided_by", HISTORY }, { "join_request", "person_id", MOVED }, { "login", "person_id", STAYS },
    { "login_code", "person_id", STAYS }, { "login_try", "person_id", STAYS }, { "membership", "person_id", MOVED },
    { "message", "person_id", MOVED }, { "note", "person_id", MOVED }, { "note", "settled_by", HISTORY },
    { "notice", "calling_by_id", HISTORY }, { "notice", "liaison_id", MOVED }, { "notice", "person_id", MOVED },
    { "notice_answer", "by_id", HISTORY }, { "pass", "person_id", MOVED }, { "pass_try", "person_id", STAYS },
    { "person", "merged_into", STAYS }, { "person_apart", "a_id", STAYS }, { "person_apart", "b_id", STAYS },
    { "person_apart", "by_id", HISTORY }, { "person_merge", "by_id", HISTORY }, { "person_merge", "kept_id", STAYS },
    { "person_merge", "merged_id", STAYS }, { "person_pair", "a_id", MOVED }, { "person_pair", "b_id", MOVED },
    { "person_skill", "person_id", COPIED }, { "person_unit", "person_id", COPIED }, { "phone_before", "person_id", COPIED },
    { "placement", "decided_by", HISTORY }, { "placement", "person_id", COPIED }, { "reinforcement", "from_by", HISTORY },
    { "reinforcement", "to_by", HISTORY }, { "reinforcement_person", "person_id", MOVED }, { "role_grant", "person_id", MOVED },
    { "roster_line", "person_id", PARTLY }, { "session", "person_id", STAYS }, { "structure", "approved_by", HISTORY },
    { "structure", "proposed_by", HISTORY }, { "structure_member", "person_id", MOVED }, { "swap", "to_person_id", MOVED },
    { "team", "deputy_id", MOVED }, { "team", "leader_id", MOVED }, { "team", "liaison_id", MOVED },
    { "team_proposal", "person_id", MOVED }, { "unit", "leader_id", MOVED }, { "withdrawal", "started_by", HISTORY },
    { "withdrawal_person", "by_id", HISTORY }, { "withdrawal_person", "person_id", MOVED },
};

static const char sqlite_columns[] =
    "SELECT m.name AS t, f.\"from\" AS c FROM sqlite_master m, pragma_foreign_key_list(m.name) f "
    "WHERE m.type = 'table' AND f.\"table\" = 'person' ORDER BY m.name, f.\"from\"";
static const char postgres_columns[] =
    "SELECT c.conrelid::regclass::text AS t, a.attname::text AS c FROM pg_constraint c JOIN pg_attribute a "
    "ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass ORDER BY 1, 2";

static bool is_known(str table, str column)
{
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_is(table, known[i].table) && str_is(column, known[i].column))
            return true;
    return false;
}

static void every_column_of_a_person_is_known(const char *url)
{
    world w = world_build(url);
    rows r = deeds_read(w.p, check_arena(), store_is_postgres(app_store(w.p)) ? postgres_columns : sqlite_columns);
    for (size_t i = 0; i < r.count; i++) {
        CASE(text_format(check_arena(), "%.*s.%.*s", STR_ARG(rows_text(&r, i, "t")), STR_ARG(rows_text(&r, i, "c"))).at);
        assert_true(is_known(rows_text(&r, i, "t"), rows_text(&r, i, "c")));
    }
    assert_int_equal(r.count, COUNT(known)); /* and none that is gone */
}

static int64_t count_of(const world *w, size_t i, int64_t person)
{
    rows r = deeds_read(w->p, check_arena(), text_format(check_arena(), "SELECT count(*) AS n FROM %s WHERE %s = %lld", known[i].table,
                                                         known[i].column, (long long)person).at);
    return rows_int(&r, 0, "n");
}

/* Who stands how often in each column, but in those a merge adds to for good. */
static str snapshot(const world *w)
{
    text t = text_begin(check_arena());
    for (size_t i = 0; i < COUNT(known); i++) {
        if (strcmp(known[i].table, "person_merge") == 0 || strcmp(known[i].table, "placement") == 0)
            continue;
        rows r = deeds_read(w->p, check_arena(), text_format(check_arena(), "SELECT %s AS who, count(*) AS n FROM %s GROUP BY 1 ORDER BY 1",
                                                             known[i].column, known[i].table).at);
        for (size_t k = 0; k < r.count; k++)
            text_printf(&t, "%s.%s %lld x %lld\n", known[i].table, known[i].column, (long long)rows_int(&r, k, "who"),
                        (long long)rows_int(&r, k, "n"));
    }
    return text_done(&t);
}

/* A second row of the same man, with nothing of its own, is kept. The number of rows that went there. */
static int64_t merge_and_back(const world *w, str person, int nth)
{
    int64_t merged = 0, went = 0, before[COUNT(known)];
    str_int(person, 1, INT64_MAX, &merged);
    str kept = field(must(w->p, "person.import", ROWS("[{\"name\":\"Second %d\",\"org\":[\"Elsewhere\"]}]", nth)), "ids", 0), result = { 0 };
    int64_t to = 0;
    str_int(kept, 1, INT64_MAX, &to);
    str was = snapshot(w);
    for (size_t i = 0; i < COUNT(known); i++)
        before[i] = count_of(w, i, merged);
    err *e = database_command(w->p, "person.merge", 0, NULL, NAMED({ "kept", V_TEXT(kept) }, { "merged", V_INT(merged) }), &result);
    if (e) {
        check_str(str_of(e->message), "person_merge.at_post"); /* he stands there just now: nothing was done */
        check_str(snapshot(w), was.at);
        return 0;
    }
    for (size_t i = 0; i < COUNT(known); i++) {
        if (known[i].what != MOVED)
            continue;
        CASE(text_format(check_arena(), "%s.%s", known[i].table, known[i].column).at);
        bool pair = strcmp(known[i].table, "person_pair") == 0; /* the smaller id stands first: it may change its side */
        assert_int_equal(count_of(w, i, merged), 0);
        assert_true(pair || count_of(w, i, to) == before[i]);
        went += before[i];
    }
    must(w->p, "person.unmerge", NAMED({ "merge", V_TEXT(field(result, "id", 0)) }));
    check_str(snapshot(w), was.at);
    return went;
}

static void all_of_a_person_goes_and_comes_back(const char *url)
{
    world w = world_build(url);
    int64_t went = 0;
    deeds_until(&w, "operation.close");
    for (int i = 0; i < 3; i++)
        went += merge_and_back(&w, w.person[i], i);
    assert_true(went >= 20); /* the story has something of nearly everything */
}

ON_BOTH(every_column_of_a_person_is_known)
ON_BOTH(all_of_a_person_goes_and_comes_back)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(every_column_of_a_person_is_known), BOTH(all_of_a_person_goes_and_comes_back) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
