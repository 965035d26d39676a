/*
 * Roster files of every form -> problems and solutions: whatever comes, read or refused, never a crash; what is read
 * can be judged, and solved for some steps when it is small. Text that is neither JSON nor shift24 is files of the
 * competition parted by a NUL: scenario, history, week, solution, custom file; what is missing is the usual one.
 */
#include "job/inrc2_ahead.h"
#include "job/inrc2_cases.h"
#include "job/roster_file.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { FUZZ_BYTES_MAX = 1 << 16, FUZZ_CELLS_MAX = 400, FUZZ_STEPS = 3, FUZZ_FILES = 5 };

static void fuzz_judge(arena *a, const roster_file *f, scan_file solution)
{
    roster_duty *duties = NULL;
    size_t count = 0;
    roster_violations v;
    if (roster_file_solution_read(a, f, solution, &duties, &count) || count > FUZZ_CELLS_MAX)
        return;
    roster_check(a, f->problem, duties, count, &v);
    for (size_t i = 0; i < count; i++) {
        roster_file_person(a, f, duties[i].person);
        roster_file_need(a, f, duties[i].need);
    }
}

/* Whatever the engine makes of it is legal to the judge, and read again as it was written. */
static void fuzz_solve(arena *a, const roster_file *f, const roster_problem *p)
{
    if (p->person_count * p->need_count > FUZZ_CELLS_MAX)
        return;
    roster_solver *s = roster_solve_begin(a, p, 1);
    roster_solve_step(s, FUZZ_STEPS);
    const roster_solution *best = roster_solve_best(s);
    roster_violations v;
    roster_check(a, p, best->duties, best->duty_count, &v);
    if (p == f->problem && f->inrc2) {
        str written = roster_file_solution(a, f, best);
        roster_duty *again = NULL;
        size_t count = 0;
        assert(!inrc2_solution_read(a, f->inrc2, (scan_file){ .content = written }, &again, &count));
        assert(count == best->duty_count);
    }
}

static void fuzz_inrc2(arena *a, str in)
{
    str part, files[FUZZ_FILES] = { STR(INRC2_SCENARIO), STR(INRC2_HISTORY), STR(INRC2_WEEK), STR("SOLUTION\n0 small\n"), { 0 } };
    for (int i = 0; i < FUZZ_FILES && str_split(&in, '\0', &part); i++)
        files[i] = part.len ? part : files[i];
    const inrc2_files three = { { STR("sc"), files[0] }, { STR("h"), files[1] }, { STR("wd"), files[2] } };
    roster_file f;
    inrc2_memory *m = NULL;
    if (roster_file_read_inrc2(a, &three, &f))
        return;
    fuzz_judge(a, &f, (scan_file){ STR("s"), files[3] });
    fuzz_solve(a, &f, f.problem);
    if (inrc2_memory_read(a, f.inrc2, (scan_file){ STR("c"), files[4] }, &m))
        return;
    inrc2_memory_write(a, f.inrc2, m);
    fuzz_solve(a, &f, inrc2_ahead(a, f.inrc2, m));
}

/* A problem and, behind a NUL, a solution. */
static void fuzz_other(arena *a, str in)
{
    str problem = { 0 };
    roster_file f;
    str_split(&in, '\0', &problem);
    if (roster_file_read(a, problem, &f))
        return;
    fuzz_judge(a, &f, (scan_file){ STR("s"), in });
    fuzz_solve(a, &f, f.problem);
    if (f.shift24)
        return;
    roster_problem *again = NULL;
    str written = instance_write(a, f.problem);
    assert(!instance_read(a, written, &again));
    assert(str_equal(written, instance_write(a, again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len > FUZZ_BYTES_MAX)
        return 0;
    arena *volatile a = arena_open(NULL, 256 << 20);
    str in = { (const char *)bytes, len };
    if (!arena_catch(a)) {
        if (str_starts(in, STR("{")) || str_starts(in, STR("[")) || shift24_is(in))
            fuzz_other(a, in);
        else
            fuzz_inrc2(a, in);
        arena_uncatch(a);
    }
    arena_close(a);
    return 0;
}
