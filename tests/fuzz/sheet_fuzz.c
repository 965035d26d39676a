/* CSV bytes -> table -> every kind of record: whatever comes in, an answer or an error, never a crash. */
#include "sheet/amend.h"
#include "sheet/forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    arena *a = arena_open(NULL, 256 << 20);
    const sheet_operation o = { .first_day = 20491, .last_day = 20499 };
    sheet_file f;
    sheet_troubles t = { 0 };
    if (!sheet_read_csv(a, STR("f.csv"), (str){ (const char *)bytes, len }, &f)) {
        sheet_people people;
        sheet_needs needs;
        sheet_communities communities;
        sheet_availability availability;
        sheet_gazetteer gazetteer;
        sheet_attendance attendance;
        sheet_gifts gifts;
        sheet_reports reports;
        sheet_people_of(a, &f, &people, &t);
        sheet_needs_of(a, &f, &o, &needs, &t);
        sheet_communities_of(a, &f, &communities, &t);
        sheet_gazetteer_of(a, &f, &gazetteer, &t);
        sheet_availability_of(a, &f, &o, &availability, &t);
        sheet_attendance_of(a, &f, &attendance, &t);
        sheet_gifts_of(a, &f, &o, &gifts, &t);
        sheet_reports_of(a, &f, &reports, &t);
        sheet_left_out_csv(a, WORDS_ZH, &f, SHEET_PEOPLE, &t);
    }
    arena_close(a);
    return 0;
}
