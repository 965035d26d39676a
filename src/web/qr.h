/* qr: a link as a square of dots, for an inline SVG: {{qr_path}} in a box of {{qr_size}} (pages/_qr.html). */
#ifndef MUSTER_WEB_QR_H
#define MUSTER_WEB_QR_H
#include "web/page.h"

/* A link too long for any square: nothing is put, and the page shows the link alone. */
void qr_put(tree *t, arena *a, str link);
#endif
