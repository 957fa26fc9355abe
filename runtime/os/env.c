#include "os/env.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *os_env_get(const char *name) { return getenv(name); }

int64_t os_pid(void) { return getpid(); }

/* The name comes from the environment, or is the number: looking users up may go over a network. */
void os_user_at_host(char *text, size_t size) {
    char host[65] = "";
    char number[24];
    const char *user = getenv("USER");
    if (gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    if (user == NULL || user[0] == '\0') user = getenv("LOGNAME");
    if (user == NULL || user[0] == '\0') {
        snprintf(number, sizeof number, "uid %u", (unsigned)geteuid());
        user = geteuid() == 0 ? "root" : number;
    }
    snprintf(text, size, "%.60s@%s", user, host[0] != '\0' ? host : "localhost");
}

cr_status os_working_directory(str_buf *out, cr_error *err) {
    char *path = getcwd(NULL, 0);
    if (path == NULL) return cr_fail(err, CR_E_OS, "cannot tell the working directory: %s", strerror(errno));
    str_buf_add_text(out, path);
    free(path);
    return CR_OK;
}

void os_standard_streams_open(void) {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY); /* takes the lowest number */
}

bool os_is_terminal(int descriptor) { return isatty(descriptor) == 1; }

uint32_t os_terminal_columns(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}
