#include "cli/qr.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <qrencode.h>

enum { QUIET = 2 }; /* light dots around the square; cameras of today need no more */

static bool dark(const QRcode *code, int row, int column)
{
    bool inside = row >= 0 && column >= 0 && row < code->width && column < code->width;
    return inside && (code->data[row * code->width + column] & 1);
}

/* Two rows of dots stand in one line of text. */
str qr_text(arena *a, str link)
{
    static const char *const blocks[] = { " ", "\u2584", "\u2580", "\u2588" };
    QRcode *code = QRcode_encodeString8bit(str_z(a, link), 0, QR_ECLEVEL_M);
    text t = text_begin(a);
    if (!code)
        return (str){ 0 };
    for (int row = -QUIET; row < code->width + QUIET; row += 2) {
        text_put_z(&t, "\033[30;107m");
        for (int column = -QUIET; column < code->width + QUIET; column++)
            text_put_z(&t, blocks[2 * dark(code, row, column) + dark(code, row + 1, column)]);
        text_put_z(&t, "\033[0m\n");
    }
    QRcode_free(code);
    return text_done(&t);
}

/* Wireless networks are called wlan0, wlp3s0, wifi0. */
str qr_own_address(arena *a)
{
    struct ifaddrs *all, *i;
    char name[INET_ADDRSTRLEN];
    str best = { 0 };
    if (getifaddrs(&all) != 0)
        return best;
    for (i = all; i; i = i->ifa_next) {
        bool up = (i->ifa_flags & IFF_UP) && !(i->ifa_flags & IFF_LOOPBACK);
        if (!up || !i->ifa_addr || i->ifa_addr->sa_family != AF_INET || (best.len && i->ifa_name[0] != 'w'))
            continue;
        inet_ntop(AF_INET, &((struct sockaddr_in *)(void *)i->ifa_addr)->sin_addr, name, sizeof name);
        best = str_copy(a, str_of(name));
        if (i->ifa_name[0] == 'w')
            break;
    }
    freeifaddrs(all);
    return best;
}
