#include "base/text.h"
#include "place/endings.h"
#include "place/fold.h"
#include "place/index.h"

static const char *const cause_keys[] = {
#define X(cause, key) key,
#include "place/causes.def"
#undef X
};

const char *place_cause_key(place_cause cause)
{
    return cause_keys[cause];
}

/* A name that stands in the address. */
typedef struct hit {
    size_t from, to;
    int first; /* sense */
    bool free; /* begins where a name can begin: at the start, behind a comma or another name */
    bool gone; /* part of a longer name */
} hit;
typedef LIST(hit) hits;
typedef LIST(int) ints;

typedef struct reading {
    const place_index *x;
    arena *a;
    fold f;
    hits hits;
    bool *free;       /* per byte: a name can begin here */
    ints streets;     /* named for certain */
    ints streets_weak;
    ints districts;
    bool foreign;     /* another province or city in front */
    bool region;      /* any province or city */
} reading;

/* A community and what speaks for it. */
typedef struct claim {
    int division;
    int64_t tag;
    str span;
    place_cause why;
    bool ranged; /* only some buildings or house numbers of that name lie there */
    bool vague;  /* and which one is meant is not said */
} claim;
typedef LIST(claim) claims;

static bool has(const ints *list, int n)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i] == n)
            return true;
    }
    return false;
}

static void put_once(arena *a, ints *list, int n)
{
    if (!has(list, n))
        *list_add(a, list) = n;
}

static bool is_digit(str s, size_t index)
{
    return index < s.len && s.at[index] >= '0' && s.at[index] <= '9';
}

static const sense *sense_at(const reading *r, int index)
{
    return index < 0 ? NULL : &r->x->senses.at[index];
}
#define EACH_SENSE(r, s, first_index) \
    (const sense *s = sense_at((r), (first_index)); s; s = sense_at((r), s->next))

static bool hit_means(const reading *r, const hit *h, sense_kind kind)
{
    for EACH_SENSE(r, s, h->first) {
        if (s->kind == kind)
            return true;
    }
    return false;
}

/* -- which names stand in the text ------------------------------------------------------------------ */
static bool tail_may_follow(const reading *r, size_t end)
{
    str rest = str_from(r->f.text, end);
    if (!rest.len || r->f.breaks[end] || rest.at[0] == '-' || rest.at[0] == '#' || is_digit(rest, 0) ||
        (rest.at[0] >= 'a' && rest.at[0] <= 'z'))
        return true;
    str name = str_part(r->f.text, 0, end);
    if (ending_bytes(name, MARK_NUMBER)) /* 189号 is not 189号楼 */
        return !ending_start_bytes(rest, BUILDING) && ending_start_bytes(rest, TAIL);
    return ending_start_bytes(rest, TAIL) != 0;
}

static bool in_ranges(const place_entry *e, int64_t n)
{
    for (size_t i = 0; i < e->range_count; i++) {
        const place_range *range = &e->ranges[i];
        bool side = range->side == PLACE_BOTH || (range->side == PLACE_ODD) == (n % 2 == 1);
        if (side && n >= range->from && n <= range->to)
            return true;
    }
    return false;
}

/* The building named right behind a compound: 3号楼, 3-2-501, 3#; 0: none. A number alone may be a room. */
static int64_t building_of(str rest)
{
    size_t digits = 0;
    int64_t n;
    while (is_digit(rest, digits))
        digits++;
    str after = str_from(rest, digits);
    bool marked = after.len && (after.at[0] == '-' || after.at[0] == '#' || ending_start_bytes(after, BUILDING) ||
                                (ending_start_bytes(after, MARK_NUMBER) && !str_starts(after, STR("号院"))));
    return marked && str_int(str_part(rest, 0, digits), 1, 99999, &n) ? n : 0;
}

/* The number behind a road's name lies in one of its ranges. */
static bool number_fits(const place_entry *e, str rest)
{
    size_t digits = 0;
    int64_t n;
    while (is_digit(rest, digits))
        digits++;
    if (!str_int(str_part(rest, 0, digits), 1, 99999, &n) ||
        !ending_start_bytes(str_from(rest, digits), MARK_NUMBER) ||
        str_starts(str_from(rest, digits), STR("号楼")))
        return false;
    return in_ranges(e, n);
}

/* 29号楼, 3栋: no house number of the road. */
static bool building_follows(str rest)
{
    size_t digits = 0;
    while (is_digit(rest, digits))
        digits++;
    return digits && ending_start_bytes(str_from(rest, digits), BUILDING);
}

static bool entry_fits(const reading *r, const sense *s, const hit *h)
{
    const place_entry *e = &r->x->entries[s->target];
    str name = str_part(r->f.text, h->from, h->to - h->from), rest = str_from(r->f.text, h->to);
    if (e->kind == PLACE_ROAD && e->range_count)
        return number_fits(e, rest);
    if (ending_bytes(name, ENDING_ROAD) && is_digit(rest, 0))
        return building_follows(rest); /* all of the road, but not any house number of it */
    if (e->range_count && building_of(rest))
        return in_ranges(e, building_of(rest));
    return tail_may_follow(r, h->to);
}

/* A name ends or begins inside a number: 5号 in 15号. */
static bool cuts_number(str s, size_t from, size_t to)
{
    return (from > 0 && is_digit(s, from - 1) && is_digit(s, from)) ||
           (is_digit(s, to - 1) && is_digit(s, to));
}

static bool street_fits(const reading *r, const sense *s, const hit *h)
{
    return !s->weak || !is_digit(r->f.text, h->to);
}

/* Some sense of it can hold here. */
static bool hit_fits(const reading *r, const hit *h)
{
    for EACH_SENSE(r, s, h->first) {
        if (s->kind == SENSE_ENTRY ? entry_fits(r, s, h)
            : s->kind == SENSE_STREET ? street_fits(r, s, h) : true)
            return true;
    }
    return false;
}

static void find_hits(reading *r)
{
    str t = r->f.text;
    for (size_t from = 0; from < t.len;) {
        size_t to = from, next = from;
        (void)str_rune(t, &next);
        while (to < t.len && to - from < r->x->name_max_bytes) {
            int64_t first;
            (void)str_rune(t, &to);
            hit h = { .from = from, .to = to };
            if (map_get(r->x->names, str_part(t, from, to - from), &first) && !cuts_number(t, from, to)) {
                h.first = (int)first;
                if (hit_fits(r, &h))
                    *list_add(r->a, &r->hits) = h;
            }
        }
        from = next;
    }
}

static bool hit_means_our_city(const reading *r, const hit *h)
{
    for EACH_SENSE(r, s, h->first) {
        if (s->kind == SENSE_REGION && s->target == REGION_OUR_CITY)
            return true;
    }
    return false;
}

/* Behind our city's name a development zone may stand that is in no table: 云川市高新区. */
static void pass_unknown_district(reading *r, size_t from)
{
    str t = r->f.text;
    size_t to = from;
    for (int runes = 0; runes < 6 && to < t.len; runes++) {
        (void)str_rune(t, &to);
        if (runes > 0 && ending_bytes(str_part(t, from, to - from), ENDING_DISTRICT)) {
            r->free[to] = true;
            return;
        }
    }
}

/* Where names can begin follows from the names before; a longer name swallows those inside. */
static void settle_hits(reading *r)
{
    for (size_t i = 0; i <= r->f.text.len; i++)
        r->free[i] = i == 0 || r->f.breaks[i];
    for (size_t i = 0; i < r->hits.count; i++) {
        hit *h = &r->hits.at[i];
        h->free = r->free[h->from];
        if (h->free)
            r->free[h->to] = true;
        if (h->free && hit_means_our_city(r, h))
            pass_unknown_district(r, h->to);
    }
    for (size_t i = 0; i < r->hits.count; i++) {
        hit *small = &r->hits.at[i];
        for (size_t j = 0; j < r->hits.count; j++) {
            const hit *big = &r->hits.at[j];
            if (big->free && big->from <= small->from && big->to >= small->to &&
                big->to - big->from > small->to - small->from)
                small->gone = true;
        }
    }
}

static void note_areas(reading *r)
{
    for (size_t i = 0; i < r->hits.count; i++) {
        const hit *h = &r->hits.at[i];
        if (!h->free || h->gone)
            continue;
        for EACH_SENSE(r, s, h->first) {
            if (s->kind == SENSE_REGION && !hit_means(r, h, SENSE_DISTRICT)) {
                r->region = true;
                r->foreign |= r->x->has_home && s->target == REGION_FOREIGN;
            } else if (s->kind == SENSE_DISTRICT && !s->weak) {
                put_once(r->a, &r->districts, s->target);
            } else if (s->kind == SENSE_STREET && street_fits(r, s, h)) {
                str name = str_part(r->f.text, h->from, h->to - h->from);
                if (s->weak && !ending_bytes(name, FORM_STREET))
                    continue; /* a town without its ending may as well be a village */
                put_once(r->a, s->weak ? &r->streets_weak : &r->streets, s->target);
            }
        }
    }
}

static void read_text(reading *r, const place_index *x, arena *a, str address)
{
    *r = (reading){ .x = x, .a = a, .f = fold_address(a, address) };
    r->free = arena_many(a, bool, r->f.text.len + 1);
    find_hits(r);
    settle_hits(r);
    note_areas(r);
}

/* -- what they claim -------------------------------------------------------------------------------- */
static void claim_add(arena *a, claims *list, claim c)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].division == c.division) {
            list->at[i].tag = list->at[i].tag ? list->at[i].tag : c.tag;
            return;
        }
    }
    *list_add(a, list) = c;
}

static bool claims_have(const claims *list, int division)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].division == division)
            return true;
    }
    return false;
}

static bool area_agrees(const reading *r, int division)
{
    const place_home *home = &r->x->homes[division];
    if (r->districts.count && !has(&r->districts, home->district))
        return false;
    return !r->streets.count || has(&r->streets, home->street);
}

static bool street_confirms(const reading *r, int division)
{
    int street = r->x->homes[division].street;
    return has(&r->streets, street) || has(&r->streets_weak, street);
}

typedef struct evidence {
    claims named;     /* communities by name, agreeing with street and district */
    claims compounds; /* by a compound or house number, agreeing */
    claims refused;   /* contradicted by street or district */
    bool quarrel;     /* a community has nothing but refused claims, or two exclude each other */
    bool compounds_quarrel; /* the same of compounds */
} evidence;

static claim claim_of(const reading *r, const sense *s, const hit *h)
{
    claim c = { .division = s->target, .span = str_part(r->f.text, h->from, h->to - h->from),
                .why = PLACE_BY_NAME };
    if (s->kind == SENSE_ENTRY) {
        const place_entry *e = &r->x->entries[s->target];
        c.division = r->x->entry_divisions[s->target];
        c.tag = e->tag;
        c.why = e->kind == PLACE_ROAD ? PLACE_BY_ROAD : PLACE_BY_COMPOUND;
        c.ranged = e->range_count > 0;
        c.vague = c.ranged && e->kind != PLACE_ROAD && !building_of(str_from(r->f.text, h->to));
    }
    return c;
}

/* The claims of one name; with several, what a street confirms goes first. */
static claims hit_claims(const reading *r, const hit *h, sense_kind kind, claims *refused)
{
    claims list = { 0 }, confirmed = { 0 };
    for EACH_SENSE(r, s, h->first) {
        if (s->kind != kind || (kind == SENSE_ENTRY && !entry_fits(r, s, h)))
            continue;
        claim c = claim_of(r, s, h);
        bool agrees = area_agrees(r, c.division);
        if (s->weak && !(agrees && street_confirms(r, c.division)))
            continue;
        claim_add(r->a, agrees ? &list : refused, c);
        if (agrees && street_confirms(r, c.division))
            claim_add(r->a, &confirmed, c);
    }
    return confirmed.count ? confirmed : list;
}

static void merge(const reading *r, claims *into, const claims *more, bool *quarrel)
{
    claims both = { 0 };
    for (size_t i = 0; i < more->count; i++) {
        if (claims_have(into, more->at[i].division))
            *list_add(r->a, &both) = more->at[i];
    }
    if (both.count) {
        *into = both;
        return;
    }
    *quarrel |= into->count && more->count;
    for (size_t i = 0; i < more->count; i++)
        claim_add(r->a, into, more->at[i]);
}

static evidence weigh(const reading *r)
{
    evidence e = { 0 };
    for (size_t i = 0; i < r->hits.count; i++) {
        const hit *h = &r->hits.at[i];
        if (h->gone || !h->free)
            continue;
        for (int pass = 0; pass < 2; pass++) {
            sense_kind kind = pass ? SENSE_ENTRY : SENSE_COMMUNITY;
            claims refused = { 0 };
            claims good = hit_claims(r, h, kind, &refused);
            bool *quarrel = pass ? &e.compounds_quarrel : &e.quarrel;
            merge(r, pass ? &e.compounds : &e.named, &good, quarrel);
            *quarrel |= !good.count && refused.count;
            for (size_t j = 0; j < refused.count; j++)
                claim_add(r->a, &e.refused, refused.at[j]);
        }
    }
    return e;
}

/* A street or community is named that we do not know. */
static bool has_unknown_area(const reading *r)
{
    str t = r->f.text;
    for (size_t i = 0; i < t.len; i++) {
        size_t bytes = ending_start_bytes(str_from(t, i), MARK_STREET);
        bool covered = !bytes;
        for (size_t j = 0; !covered && j < r->hits.count; j++) {
            const hit *h = &r->hits.at[j];
            covered = h->free && h->from <= i && h->to >= i + bytes;
        }
        if (!covered)
            return true;
    }
    return false;
}

/* -- the key of the queue: what remains without region, street, building and room ------------------- */
static bool only_area(const reading *r, const hit *h)
{
    for EACH_SENSE(r, s, h->first) {
        if (s->kind == SENSE_ENTRY || s->kind == SENSE_COMMUNITY)
            return false;
    }
    return h->free && !h->gone;
}

static str without_areas(const reading *r)
{
    text t = text_begin(r->a);
    for (size_t i = 0; i < r->f.text.len;) {
        size_t next = i, area_end = i;
        (void)str_rune(r->f.text, &next);
        for (size_t j = 0; j < r->hits.count; j++) {
            const hit *h = &r->hits.at[j];
            if (h->from == i && h->to > area_end && only_area(r, h))
                area_end = h->to;
        }
        if (area_end == i)
            text_put(&t, str_part(r->f.text, i, next - i));
        i = area_end > i ? area_end : next;
    }
    return text_done(&t);
}

/* Digits that begin a building or room, not a house number of a road or a court (号院), phase or zone. */
static bool building_begins(str s, size_t index)
{
    size_t to = index;
    while (is_digit(s, to))
        to++;
    str rest = str_from(s, to), front = str_part(s, 0, index);
    if (to == index || (index > 0 && is_digit(s, index - 1)))
        return false;
    if (!rest.len || ending_start_bytes(rest, BUILDING))
        return true;
    return ending_start_bytes(rest, MARK_NUMBER) && !ending_bytes(front, ENDING_ROAD) &&
           !str_starts(rest, STR("号院"));
}

static str without_building(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (building_begins(s, i)) {
            while (i > 0 && ((s.at[i - 1] >= 'a' && s.at[i - 1] <= 'z') || s.at[i - 1] == '-'))
                i--;
            return str_part(s, 0, i);
        }
    }
    return s;
}

static str key_of(const reading *r)
{
    str rest = without_building(without_areas(r));
    rest = ending_cut(rest, ENDING_COMPOUND);
    str area = STR("");
    if (r->streets.count)
        area = r->x->street_names.at[r->streets.at[0]];
    else if (r->streets_weak.count)
        area = r->x->street_names.at[r->streets_weak.at[0]];
    else if (r->districts.count)
        area = r->x->district_names.at[r->districts.at[0]];
    return text_format(r->a, "%.*s/%.*s", STR_ARG(area), STR_ARG(rest));
}

/* -- the decision ----------------------------------------------------------------------------------- */
static void add_candidates(const place_index *x, place_result *out, const claims *list, double score)
{
    for (size_t i = 0; i < list->count && out->candidate_count < PLACE_CANDIDATES_MAX; i++) {
        const claim *c = &list->at[i];
        str code = x->divisions[c->division].code;
        bool known = false;
        for (size_t j = 0; j < out->candidate_count; j++)
            known |= str_equal(out->candidates[j].code, code);
        if (!known)
            out->candidates[out->candidate_count++] = (place_candidate){
                .code = code, .tag = c->tag, .score = score / (list->count > 1 ? (double)list->count : 1),
                .span = c->span, .why = c->why };
    }
}

static void settle(place_result *out, place_decision decision, place_cause cause, double confidence)
{
    out->decision = decision;
    out->cause = cause;
    out->confidence = confidence;
    if (out->candidate_count) {
        out->code = out->candidates[0].code;
        out->tag = out->candidates[0].tag;
        out->matched = out->candidates[0].span;
        if (decision == PLACE_QUEUE && confidence > out->candidates[0].score)
            out->confidence = out->candidates[0].score;
        else if (decision == PLACE_ACCEPT)
            out->candidates[0].score = confidence;
    }
}

static void queue(const place_index *x, place_result *out, const evidence *e, place_cause cause)
{
    add_candidates(x, out, &e->named, 0.7);
    add_candidates(x, out, &e->compounds, 0.6);
    add_candidates(x, out, &e->refused, 0.5);
    settle(out, PLACE_QUEUE, cause, 0.9);
}

static place_cause cause_of_nothing(const reading *r)
{
    if (r->foreign)
        return PLACE_OTHER_CITY;
    if (!r->f.text.len)
        return PLACE_NO_TEXT;
    str rest = without_areas(r);
    if (!without_building(rest).len)
        return PLACE_ONLY_STREET;
    return ending_bytes(without_building(rest), ENDING_ROAD) ? PLACE_NO_NUMBER : PLACE_UNKNOWN_COMPOUND;
}

static claims agreed(const reading *r, const claims *one, const claims *other)
{
    claims both = { 0 };
    for (size_t i = 0; i < one->count; i++) {
        for (size_t j = 0; j < other->count; j++) {
            if (one->at[i].division == other->at[j].division) {
                claim c = one->at[i];
                c.tag = c.tag ? c.tag : other->at[j].tag;
                *list_add(r->a, &both) = c;
            }
        }
    }
    return both;
}

static void decide_by_address(const reading *r, evidence *e, place_result *out)
{
    const place_index *x = r->x;
    if (r->f.is_work || r->foreign || (!e->named.count && !e->compounds.count && !e->refused.count)) {
        queue(x, out, e, r->f.is_work ? PLACE_WORK_ADDRESS : cause_of_nothing(r));
        return;
    }
    claims both = agreed(r, &e->named, &e->compounds);
    claims *best = both.count ? &both : e->named.count ? &e->named : &e->compounds;
    if (!best->count) {
        queue(x, out, e, PLACE_CONFLICT);
        return;
    }
    bool sure = street_confirms(r, best->at[0].division);
    if (best->count > 1) {
        queue(x, out, e, PLACE_TWO_COMMUNITIES);
    } else if (best->at[0].vague) {
        queue(x, out, e, PLACE_NO_NUMBER);
    } else if (e->quarrel || (!(e->named.count && sure && r->streets.count == 1) &&
               (e->compounds_quarrel || (e->named.count && e->compounds.count && !both.count)))) {
        queue(x, out, e, PLACE_CONFLICT);
    } else if (has_unknown_area(r) || (r->region && !x->has_home && !(sure && r->districts.count))) {
        queue(x, out, e, PLACE_UNKNOWN_COMPOUND);
    } else {
        add_candidates(x, out, best, 0.97);
        settle(out, PLACE_ACCEPT, best->at[0].why, sure || both.count ? 0.99 : 0.97);
    }
}

/* The key of the queue knows no building: a rule for the rest says nothing about one that is in the table. */
static bool known_by_range(const evidence *e, const place_result *out)
{
    for (size_t i = 0; out->decision == PLACE_ACCEPT && i < e->compounds.count; i++) {
        if (e->compounds.at[i].ranged && str_equal(e->compounds.at[i].span, out->matched))
            return true;
    }
    return false;
}

static bool decide_by_rule(const reading *r, const evidence *e, place_result *out)
{
    int64_t n, division;
    bool vague = out->decision == PLACE_QUEUE && (out->cause == PLACE_ONLY_STREET ||
                 out->cause == PLACE_NO_NUMBER);
    if (vague || known_by_range(e, out) || !map_get(r->x->by_key, out->text_key, &n))
        return false;
    const place_rule *rule = &r->x->rules[n];
    if (rule->code.len && !map_get(r->x->by_code, rule->code, &division))
        return false;
    out->decision = PLACE_ACCEPT;
    out->cause = PLACE_BY_RULE;
    out->confidence = 0.99;
    out->code = rule->code;
    out->tag = rule->tag;
    out->warning = false;
    out->candidate_count = 1;
    out->candidates[0] = (place_candidate){ .code = rule->code, .tag = rule->tag, .score = 0.99,
                                            .span = out->matched, .why = PLACE_BY_RULE };
    return true;
}

/* -- the hint --------------------------------------------------------------------------------------- */
static void claims_of_core(const reading *r, str hint, claims *list)
{
    int64_t first;
    if (!map_get(r->x->cores, hint, &first))
        return;
    for EACH_SENSE(r, s, (int)first)
        claim_add(r->a, list, (claim){ .division = s->target, .why = PLACE_BY_HINT });
}

/* Communities the hint names: by their name, with or without ending, or as an address would. */
static claims read_hint(const reading *r, str hint)
{
    claims list = { 0 };
    claims_of_core(r, hint, &list);
    if (!list.count)
        claims_of_core(r, ending_cut(hint, ENDING_COMMUNITY), &list);
    if (!list.count)
        claims_of_core(r, ending_cut(hint, ENDING_VILLAGE), &list);
    if (!list.count) {
        reading own;
        read_text(&own, r->x, r->a, hint);
        list = weigh(&own).named;
    }
    for (size_t i = 0; i < list.count; i++) {
        list.at[i].why = PLACE_BY_HINT;
        list.at[i].span = STR("");
    }
    return list;
}

/* Of several communities of the hinted name those which street, district and address allow. */
static claims narrow(const reading *r, claims hinted, const evidence *e)
{
    if (hinted.count < 2)
        return hinted;
    claims near = { 0 }, mine = { 0 };
    for (size_t i = 0; i < hinted.count; i++) {
        if (area_agrees(r, hinted.at[i].division))
            *list_add(r->a, &near) = hinted.at[i];
    }
    claims *left = near.count ? &near : &hinted;
    for (size_t i = 0; i < left->count; i++) {
        int division = left->at[i].division;
        if (street_confirms(r, division) || claims_have(&e->named, division) ||
            claims_have(&e->compounds, division))
            *list_add(r->a, &mine) = left->at[i];
    }
    return mine.count ? mine : *left;
}

static void decide_by_hint(const reading *r, const claims *hinted, const evidence *e,
                           const place_result *address, place_result *out)
{
    const place_index *x = r->x;
    if (hinted->count > 1) {
        add_candidates(x, out, hinted, 0.8);
        settle(out, PLACE_QUEUE, PLACE_TWO_COMMUNITIES, 0.8);
        return;
    }
    claim best = hinted->at[0];
    for (size_t i = 0; i < e->compounds.count; i++) {
        if (e->compounds.at[i].division == best.division) {
            best.tag = e->compounds.at[i].tag;
            best.span = e->compounds.at[i].span;
        }
    }
    claims one = { 0 };
    *list_add(r->a, &one) = best;
    add_candidates(x, out, &one, 0.98);
    settle(out, PLACE_ACCEPT, PLACE_BY_HINT, 0.98);
    str code = x->divisions[best.division].code;
    bool elsewhere = address->decision == PLACE_ACCEPT && !str_equal(address->code, code);
    if (elsewhere) {
        out->warning = true;
        out->confidence = 0.95;
        out->candidates[out->candidate_count++] = address->candidates[0];
    } else if (r->foreign || !area_agrees(r, best.division)) {
        out->warning = true;
        out->confidence = 0.95;
    }
}

static void use_street_hint(reading *r, str hint)
{
    int64_t first;
    if (r->streets.count || !hint.len || !map_get(r->x->names, hint, &first))
        return;
    for EACH_SENSE(r, s, (int)first) {
        if (s->kind == SENSE_STREET)
            put_once(r->a, &r->streets, s->target);
    }
}

void place_match(const place_index *index, arena *a, str address, str community_hint, str street_hint,
                 place_result *out)
{
    reading r;
    if (ending_is(str_trim(address), BLANK))
        address = STR("");
    read_text(&r, index, a, address);
    use_street_hint(&r, fold_name(a, street_hint));
    evidence e = weigh(&r);
    str hint = ending_is(str_trim(community_hint), BLANK) ? STR("") : fold_name(a, community_hint);
    *out = (place_result){ .text = r.f.text };
    if (r.f.text.len)
        out->text_key = key_of(&r);
    else if (hint.len) /* nothing but a community nobody knows: it is what can be decided */
        out->text_key = text_format(a, "hint/%.*s", STR_ARG(hint));

    place_result by_address = *out;
    decide_by_address(&r, &e, &by_address);
    if (hint.len) {
        claims hinted = read_hint(&r, hint);
        if (hinted.count) {
            hinted = narrow(&r, hinted, &e);
            decide_by_hint(&r, &hinted, &e, &by_address, out);
            return;
        }
    }
    *out = by_address;
    if (decide_by_rule(&r, &e, out))
        return;
    if (hint.len && out->decision == PLACE_ACCEPT)
        settle(out, PLACE_QUEUE, PLACE_UNKNOWN_HINT, 0.9);
    else if (hint.len && out->cause == PLACE_NO_TEXT)
        out->cause = PLACE_UNKNOWN_HINT;
}
