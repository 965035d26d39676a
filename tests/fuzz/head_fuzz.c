/* The bytes of a connection -> request: whatever comes, read or refused, never a crash, and whatever we read llhttp must
 * be asked about. In drops it must come out as in one piece. */
#include "web/head.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    arena *a = arena_open(NULL, 16 << 20);
    str s = { (const char *)bytes, len };
    size_t from = 0, end = 0, drop_from = 0, drop_end = 0;
    int status = head_find(s, &from, &end), drop_status = 0;
    for (size_t n = 1; n <= len && !drop_status && !drop_end; n++)
        drop_status = head_find(str_part(s, 0, n), &drop_from, &drop_end);
    assert(end == drop_end || status || drop_status);
    if (!status && end) {
        request q = { .a = a };
        framing f;
        if (!head_read(str_copy(a, str_part(s, 0, end)), &q)) {
            assert(q.path.len && q.path.at[0] == '/' && str_is_utf8(q.path) && q.host.len);
            framing_head(&f, str_copy(a, str_part(s, 0, end)), &q);
            str rest = str_from(s, end), name, value;
            while (form_next(a, &rest, &name, &value))
                assert(str_is_utf8(name) && str_is_utf8(value));
            request_cookie(&q, "muster");
            query_field(&q, "lang");
        }
    }
    arena_close(a);
    return 0;
}
