/* base/bug.h: what to do when the program itself is wrong.
 *
 * Three kinds of error are kept apart (see creact/status.h): a bug, which stops the process here; a user's
 * diagnostic, which the compiler collects; an operational failure, which is returned as a cr_status.       */
#ifndef CREACT_BASE_BUG_H
#define CREACT_BASE_BUG_H

/* Prints "creact: bug: FILE:LINE: message" to stderr and aborts. Never returns. */
_Noreturn void bug_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)

/* Checks an invariant in every build, not only in debug ones. */
#define MUST(condition) ((condition) ? (void)0 : BUG("'%s' does not hold", #condition))

#endif
