/* creactc: compiles a TSX infrastructure program into a native deploy binary. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "driver/driver.h"

static bool wants_colour(const tsx_options *options) {
    if (options->colour != COLOUR_AUTO) return options->colour == COLOUR_ALWAYS;
    const char *refused = getenv("NO_COLOR");
    return (refused == NULL || *refused == '\0') && isatty(STDERR_FILENO) == 1;
}

int main(int argc, char **argv) {
    tsx_options options;
    cr_error error;
    cr_status status = options_parse(&options, argc, argv, &error);
    if (status != CR_OK) {
        fprintf(stderr, "creactc: error: %s\n", error.message);
        return cr_exit_status(status);
    }
    if (options.help) {
        options_help(stdout);
        return 0;
    }
    if (options.version) {
        puts("creactc " CREACT_VERSION);
        return 0;
    }
    return driver_run(&options, stdout, stderr, wants_colour(&options));
}
