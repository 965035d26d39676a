/* Care notes: who writes, who reads, and that nothing but the sealed note is kept. */
#include "deeds.h"

#include "base/text.h"
#include "command/check.h"
#include "view/view.h"

#include <stdlib.h>

static const char note[] = "eczema, no disinfectant on the hands";

typedef struct scene {
    world w;
    int64_t owner, reader, leader, commander;
} scene;

static scene open_scene(const char *url)
{
    scene s = { .w = world_build(url) };
    s.owner = deed_id(&s.w, "first");
    s.reader = deed_id(&s.w, "third");
    s.leader = world_actor(&s.w, "leader", "team");
    s.commander = world_actor(&s.w, "commander", "all");
    return s;
}

static err *write_note(const scene *s, int64_t actor, const char *key, const char *what)
{
    return database_command(s->w.p, "care.write", actor, key, NAMED({ "person", V_INT(s->owner) }, { "text", T(what) }), NULL);
}

static err *let_read(const scene *s, int64_t actor, int64_t reader, const char *yes)
{
    return database_command(s->w.p, "care.let_read", actor, NULL,
                            NAMED({ "person", V_INT(s->owner) }, { "reader", V_INT(reader) }, { "yes", T(yes) }), NULL);
}

static err *read_note(const scene *s, int64_t actor, const char *key, str *shown)
{
    return database_command(s->w.p, "care.read", actor, key, NAMED({ "person", V_INT(s->owner) }), shown);
}

static void the_owner_and_whom_they_let_may_read(const char *url)
{
    scene s = open_scene(url);
    const char *answer = text_format(check_arena(), "{\"text\":\"%s\"}", note).at;
    str shown;
    CASE("nothing is written yet");
    check_err(read_note(&s, s.owner, NULL, NULL), ERR_NOT_FOUND, "care.none");
    CASE("the leader writes it in, and may not read it afterwards");
    check_ok(write_note(&s, s.leader, NULL, "rash"));
    check_err(read_note(&s, s.leader, NULL, NULL), ERR_RIGHTS, "command.rights");
    CASE("the owner writes over it");
    check_ok(write_note(&s, s.owner, NULL, note));
    check_ok(read_note(&s, s.owner, NULL, &shown));
    check_str(shown, answer);
    CASE("nobody else, whatever their grant; whoever runs the machine as little");
    check_err(write_note(&s, s.reader, NULL, "x"), ERR_RIGHTS, "command.rights");
    check_err(read_note(&s, s.reader, NULL, NULL), ERR_RIGHTS, "command.rights");
    check_err(read_note(&s, s.commander, NULL, NULL), ERR_RIGHTS, "command.rights");
    check_err(read_note(&s, 0, NULL, NULL), ERR_NOT_FOUND, "care.none");
    CASE("a grant as volunteer over all opens nothing");
    world_grant(&s.w, s.commander, "volunteer", "all");
    check_err(read_note(&s, s.commander, NULL, NULL), ERR_NOT_FOUND, "care.none");
    CASE("only the owner lets others in");
    check_err(let_read(&s, s.leader, s.leader, "yes"), ERR_RIGHTS, "command.rights");
    check_ok(let_read(&s, s.owner, s.reader, "yes"));
    check_ok(read_note(&s, s.reader, NULL, &shown));
    check_str(shown, answer);
    CASE("and takes it back");
    check_ok(let_read(&s, s.owner, s.reader, "no"));
    check_err(read_note(&s, s.reader, NULL, NULL), ERR_RIGHTS, "command.rights");
    CASE("people who are not there");
    check_err(let_read(&s, s.owner, 999999, "yes"), ERR_NOT_FOUND, "person.missing");
    s.owner = 999999;
    check_err(write_note(&s, 0, NULL, "x"), ERR_NOT_FOUND, "person.missing");
}
ON_BOTH(the_owner_and_whom_they_let_may_read)

static void reading_is_an_act_and_its_answer_is_not_kept(const char *url)
{
    scene s = open_scene(url);
    str shown;
    rows r = { 0 };
    check_ok(write_note(&s, s.owner, NULL, note));
    check_ok(let_read(&s, s.owner, s.reader, "yes"));
    check_ok(read_note(&s, s.reader, "once", &shown));
    assert_true(str_find(shown, str_of(note)) > 0);
    CASE("the same key shows it no more");
    check_ok(read_note(&s, s.reader, "once", &shown));
    check_str(shown, "{}");
    CASE("who read whose");
    check_ok(view_run(app_store(s.w.p), check_arena(), view_find(STR("audit")), NULL, 0, 0, &r));
    size_t reads = 0;
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "command"), "care.read")) {
            reads++;
            assert_int_equal(rows_int(&r, i, "actor_id"), s.reader);
            assert_int_equal(rows_int(&r, i, "about_id"), s.owner);
        }
    assert_int_equal(reads, 1);
}
ON_BOTH(reading_is_an_act_and_its_answer_is_not_kept)

/* Also not as a hash that could be tried out with its salt. */
static void the_database_alone_gives_no_note_away(const char *url)
{
    static const char *const places[] = { "SELECT body AS t FROM audit", "SELECT result AS t FROM audit", "SELECT value AS t FROM audit_private",
                                          "SELECT cipher AS t FROM care" };
    scene s = open_scene(url);
    str shown;
    check_ok(write_note(&s, s.owner, "k", note));
    check_ok(read_note(&s, s.owner, NULL, &shown));
    for (size_t i = 0; i < COUNT(places); i++) {
        CASE(places[i]);
        rows r = deeds_read(s.w.p, check_arena(), places[i]);
        assert_true(r.count > 0);
        for (size_t k = 0; k < r.count; k++)
            assert_true(str_find(rows_text(&r, k, "t"), STR("eczema")) < 0);
    }
    rows kept = deeds_read(s.w.p, check_arena(), "SELECT p.salt FROM audit_private p JOIN audit a ON a.lane = p.lane AND a.seq = p.seq "
                                                 "WHERE a.command = 'care.write'");
    assert_int_equal(kept.count, 0);
    CASE("its key is known all the same");
    check_ok(write_note(&s, s.owner, "k", note));
    check_err(write_note(&s, s.owner, "k", "another"), ERR_KEY_REUSED, "command.key_reused");
    assert_int_equal(deeds_read(s.w.p, check_arena(), "SELECT seq FROM audit WHERE command = 'care.write'").count, 1);
    check_report report;
    check_ok(app_check(s.w.p, check_arena(), (str){ 0 }, &report));
    assert_int_equal(report.count, 0);
}
ON_BOTH(the_database_alone_gives_no_note_away)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(the_owner_and_whom_they_let_may_read),
                                        BOTH(reading_is_an_act_and_its_answer_is_not_kept),
                                        BOTH(the_database_alone_gives_no_note_away) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
