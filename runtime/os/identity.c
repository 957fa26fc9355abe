#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/internal.h"
#include "os/process.h"

/* The first 8 digits of the kernel's id of this boot: start times count from there. */
static void boot_id(char id[9]) {
    char *text;
    size_t length;
    memset(id, 0, 9);
    if (os_file_read("/proc/sys/kernel/random/boot_id", &text, &length, NULL) != CR_OK) return;
    memcpy(id, text, length < 8 ? length : 8);
    mem_free(text);
}

/* Field 22 of /proc/PID/stat (proc(5)); 0 when there is no such process, or only its zombie. */
static uint64_t start_ticks(int64_t pid) {
    char path[64];
    char *text;
    size_t length;
    uint64_t ticks = 0;
    snprintf(path, sizeof path, "/proc/%lld/stat", (long long)pid);
    if (os_file_read(path, &text, &length, NULL) != CR_OK) return 0;
    /* Field 2, the name, is in parentheses and may hold anything; the state follows the last one. */
    const char *at = strrchr(text, ')');
    if (at != NULL && at[1] == ' ' && at[2] != 'Z' && at[2] != 'X') {
        int field = 2;
        for (at++; *at != '\0' && field < 21; at++)
            if (*at == ' ') field++;
        if (field == 21) ticks = strtoull(strchr(at, ' ') != NULL ? strchr(at, ' ') + 1 : "0", NULL, 10);
    }
    mem_free(text);
    return ticks;
}

bool os_process_identity(int64_t pid, char identity[OS_IDENTITY_BYTES]) {
    char boot[9];
    uint64_t ticks = pid > 0 ? start_ticks(pid) : 0;
    if (ticks == 0) return false;
    boot_id(boot);
    snprintf(identity, OS_IDENTITY_BYTES, "%llu@%s", (unsigned long long)ticks, boot);
    return true;
}

bool os_process_is(int64_t pid, const char *identity) {
    char now[OS_IDENTITY_BYTES];
    return os_process_identity(pid, now) && strcmp(now, identity) == 0;
}

bool os_process_signal(int64_t pid, const char *identity, int signal_number) {
    if (!os_process_is(pid, identity) || fault_blocks(FAULT_KILL)) return false;
    return kill(-(pid_t)pid, signal_number) == 0;
}
