/* os/time.h: the clocks. Monotonic time measures, wall time is only shown and recorded.                    */
#ifndef CREACT_OS_TIME_H
#define CREACT_OS_TIME_H

#include <stdint.h>

uint64_t os_monotonic_ms(void);
uint64_t os_monotonic_us(void);
uint64_t os_wall_ms(void); /* since 1970-01-01 UTC */

enum { OS_TIME_TEXT_BYTES = 25 };
/* "2026-01-31T23:59:59.123Z" */
void os_time_text(uint64_t wall_ms, char text[OS_TIME_TEXT_BYTES]);

#endif
