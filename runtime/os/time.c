#include "os/time.h"

#include <stdio.h>
#include <time.h>

static uint64_t clock_us(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

uint64_t os_monotonic_ms(void) { return clock_us(CLOCK_MONOTONIC) / 1000; }
uint64_t os_monotonic_us(void) { return clock_us(CLOCK_MONOTONIC); }
uint64_t os_wall_ms(void) { return clock_us(CLOCK_REALTIME) / 1000; }

void os_time_text(uint64_t wall_ms, char text[OS_TIME_TEXT_BYTES]) {
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm parts;
    char date[40];
    if (gmtime_r(&seconds, &parts) == NULL || parts.tm_year > 8099) {
        seconds = 0;
        gmtime_r(&seconds, &parts);
    }
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text, OS_TIME_TEXT_BYTES, "%.19s.%03uZ", date, (unsigned)(wall_ms % 1000));
}
