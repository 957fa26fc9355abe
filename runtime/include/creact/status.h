/* creact/status.h: operational failures, returned by value and described in an out-parameter.
 *
 * A function that can fail returns CR_OK (0) or a negative cr_status and fills *err; *err is untouched on
 * success. Each status has the exit status that a program ends with when nobody handles it (sysexits).     */
#ifndef CREACT_STATUS_H
#define CREACT_STATUS_H

/* To add a status: one row. X(NAME, value, exit status, what it means) */
#define CR_STATUS_LIST(X)                                                                                     \
    X(CR_OK, 0, 0, "success")                                                                                 \
    X(CR_E_FAILED, -1, 1, "the operation failed")                                                             \
    X(CR_E_USAGE, -2, 64, "wrong command line")                                                               \
    X(CR_E_DATA, -3, 65, "bad input data")                                                                    \
    X(CR_E_NO_INPUT, -4, 66, "an input file is missing or cannot be read")                                    \
    X(CR_E_BUG, -5, 70, "an internal error")                                                                  \
    X(CR_E_OS, -6, 71, "the operating system refused")                                                        \
    X(CR_E_IO, -7, 74, "an error while reading or writing")                                                   \
    X(CR_E_LOCKED, -8, 75, "somebody else holds the lock")                                                    \
    X(CR_E_CONFIG, -9, 78, "something is configured wrongly")                                                 \
    X(CR_E_PROVIDER, -10, 1, "a provider failed")                                                             \
    X(CR_E_THROWN, -11, 1, "the program threw an exception")                                                  \
    X(CR_E_INTERRUPTED, -12, 130, "interrupted")

typedef enum cr_status {
#define X(name, value, exit_status, text) name = value,
    CR_STATUS_LIST(X)
#undef X
} cr_status;

enum { CR_ERROR_MESSAGE_BYTES_MAX = 1024 };

/* What went wrong, in words for the user: lower case, no full stop, the subject in single quotes. */
typedef struct cr_error {
    cr_status status;
    char message[CR_ERROR_MESSAGE_BYTES_MAX]; /* longer texts are cut at a character */
} cr_error;

/* Fills *err (which may be NULL) and returns `status`, so that `return cr_fail(err, CR_E_IO, …)` reads well. */
cr_status cr_fail(cr_error *err, cr_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The exit status of `status` from the table above. */
int cr_exit_status(cr_status status);

#endif
