#include "web/qr.h"

#include "base/text.h"

#include <qrencode.h>

enum { QUIET = 4 }; /* light modules around, as readers want */

static void code_free(void *code)
{
    QRcode_free(code);
}

/* Runs of dark modules, row by row: short, and drawn without seams. */
static str path_of(arena *a, const QRcode *code)
{
    text t = text_begin(a);
    for (int row = 0; row < code->width; row++) {
        const unsigned char *dots = &code->data[row * code->width];
        for (int from = 0, to; from < code->width; from = to) {
            for (to = from + 1; to < code->width && (dots[to] & 1) == (dots[from] & 1); to++)
                ;
            if (dots[from] & 1)
                text_printf(&t, "M%d %dh%dv1h-%dz", from + QUIET, row + QUIET, to - from, to - from);
        }
    }
    return text_done(&t);
}

void qr_put(tree *t, arena *a, str link)
{
    QRcode *code = QRcode_encodeString8bit(str_z(a, link), 0, QR_ECLEVEL_M);
    if (!code)
        return;
    arena_defer(a, code_free, code);
    tree_int(t, "qr_size", code->width + 2 * QUIET);
    tree_text(t, "qr_path", path_of(a, code));
}
