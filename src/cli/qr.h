/* qr: a link as a square on a terminal, for a phone's camera; and which address of this machine a phone can reach. */
#ifndef MUSTER_CLI_QR_H
#define MUSTER_CLI_QR_H
#include "base/str.h"

/* Half blocks in UTF-8, black on white whatever the terminal's colours; a link too long for any square: empty. */
str qr_text(arena *a, str link);
/* Of the first network that is up, Wi-Fi before others; empty: there is none. */
str qr_own_address(arena *a);
#endif
