#include "os/random.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>

#include "base/bug.h"

void os_random_bytes(void *bytes, size_t count) {
    char *next = bytes;
    while (count > 0) {
        ssize_t got = getrandom(next, count, 0);
        if (got < 0 && errno == EINTR) continue;
        MUST(got > 0); /* getrandom(2) without flags does not fail on a booted system */
        next += got;
        count -= (size_t)got;
    }
}

void os_random_uuid(char text[OS_UUID_BYTES]) {
    unsigned char b[16];
    os_random_bytes(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    snprintf(text, OS_UUID_BYTES, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
             b[15]);
}
