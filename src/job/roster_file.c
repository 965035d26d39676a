#include "job/roster_file.h"

err *roster_file_read(arena *a, str content, roster_file *out)
{
    *out = (roster_file){ 0 };
    if (shift24_is(content)) {
        shift24 *s = NULL;
        TRY(shift24_read(a, content, &s));
        out->shift24 = s;
        out->problem = &s->problem;
        return NULL;
    }
    roster_problem *p = NULL;
    TRY(instance_read(a, content, &p));
    out->problem = p;
    return NULL;
}

err *roster_file_read_inrc2(arena *a, const inrc2_files *files, roster_file *out)
{
    inrc2 *i = NULL;
    TRY(inrc2_read(a, files, &i));
    *out = (roster_file){ .problem = &i->problem, .inrc2 = i };
    return NULL;
}

str roster_file_solution(arena *a, const roster_file *f, const roster_solution *s)
{
    if (f->inrc2)
        return inrc2_solution_write(a, f->inrc2, s->duties, s->duty_count);
    return f->shift24 ? shift24_solution(a, f->shift24, s) : solution_write(a, f->problem, s);
}

err *roster_file_solution_read(arena *a, const roster_file *f, scan_file from, roster_duty **duties, size_t *count)
{
    if (f->inrc2)
        return inrc2_solution_read(a, f->inrc2, from, duties, count);
    if (f->shift24)
        return shift24_solution_read(a, f->shift24, from, duties, count);
    return solution_read(a, f->problem, from.content, duties, count);
}

str roster_file_person(arena *a, const roster_file *f, int person)
{
    if (f->inrc2)
        return f->inrc2->nurses[person].name;
    if (f->shift24)
        return f->shift24->person_ids[person];
    return text_format(a, "%lld", (long long)f->problem->people[person].tag);
}

str roster_file_need(arena *a, const roster_file *f, int need)
{
    const roster_need *n = &f->problem->needs[need];
    if (f->inrc2)
        return text_format(a, "%s %.*s %.*s", inrc2_day_name(n->day), STR_ARG(f->inrc2->shifts[n->kind]),
                           STR_ARG(f->inrc2->skills[n->post]));
    if (f->shift24)
        return text_format(a, "%d %.*s", n->day, STR_ARG(f->shift24->shift_ids[n->kind]));
    return text_format(a, "%lld", (long long)n->tag);
}
