/* driver/places.h: where the parts of creact are: the users' library, the headers, the runtime archive.
 *
 * Installed, they are found from the compiler's own file: PREFIX/bin/creactc, PREFIX/share/creact/lib,
 * PREFIX/include, PREFIX/lib/creact/libcreact.a. In a build tree they are where the build put them.
 * --lib-dir and --runtime-dir go before both.                                                              */
#ifndef CREACT_DRIVER_PLACES_H
#define CREACT_DRIVER_PLACES_H

#include "base/arena.h"
#include "driver/options.h"

typedef struct places {
    const char *library_folder;  /* index.ts, local.ts … */
    const char *include_folder;  /* creact/abi.h */
    const char *runtime_archive; /* libcreact.a */
} places;

/* Texts live in `memory`. Nothing is checked here: whoever needs a part says when it is missing. */
void places_find(places *self, const tsx_options *options, arena *memory);

#endif
