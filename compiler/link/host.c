#include "link/host.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static cr_status failed(cr_error *err, const char *what, const char *path) {
    cr_status status = errno == ENOENT ? CR_E_NO_INPUT : CR_E_IO;
    return cr_fail(err, status, "cannot %s '%s': %s", what, path, strerror(errno));
}

cr_status host_read(const char *path, str_buf *out, cr_error *err) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return failed(err, "read", path);
    char piece[65536];
    ssize_t got;
    while ((got = read(file, piece, sizeof piece)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            close(file);
            return failed(err, "read", path);
        }
        str_buf_add(out, piece, (size_t)got);
    }
    close(file);
    return CR_OK;
}

cr_status host_write(const char *path, str bytes, cr_error *err) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) return failed(err, "write", path);
    for (size_t done = 0; done < bytes.length;) {
        ssize_t written = write(file, bytes.bytes + done, bytes.length - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            int reason = errno;
            close(file);
            errno = reason;
            return failed(err, "write", path);
        }
        done += (size_t)written;
    }
    return close(file) == 0 ? CR_OK : failed(err, "write", path);
}

cr_status host_rename(const char *from, const char *to, cr_error *err) {
    return rename(from, to) == 0 ? CR_OK : failed(err, "write", to);
}

static bool has_content(const char *path, str bytes) {
    struct stat info;
    if (stat(path, &info) != 0 || (uint64_t)info.st_size != bytes.length) return false;
    str_buf old;
    str_buf_init(&old);
    bool same = host_read(path, &old, NULL) == CR_OK && str_equal(str_buf_str(&old), bytes);
    str_buf_release(&old);
    return same;
}

cr_status host_replace(const char *path, str bytes, cr_error *err) {
    if (has_content(path, bytes)) return CR_OK;
    str_buf aside;
    str_buf_init(&aside);
    str_buf_add_format(&aside, "%s.%ld.tmp", path, (long)getpid());
    cr_status status = host_write(str_buf_text(&aside), bytes, err);
    if (status == CR_OK) status = host_rename(str_buf_text(&aside), path, err);
    if (status != CR_OK) unlink(str_buf_text(&aside));
    str_buf_release(&aside);
    return status;
}

cr_status host_check_writable(const char *path, cr_error *err) {
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return cr_fail(err, CR_E_IO, "cannot write '%s': it is a folder", path);
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? mem_copy_text(".", 1) : mem_copy_text(path, slash == path ? 1 : (size_t)(slash - path));
    cr_status status = CR_OK;
    if (access(folder, W_OK | X_OK) != 0) status = cr_fail(err, CR_E_IO, "cannot write '%s': %s", path, strerror(errno));
    mem_free(folder);
    return status;
}

cr_status host_make_folder(const char *path, cr_error *err) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return CR_OK;
    if (errno != ENOENT) return failed(err, "make the folder", path);
    char *parent = mem_copy_text(path, strlen(path));
    char *slash = strrchr(parent, '/');
    cr_status status = CR_OK;
    if (slash == NULL || slash == parent) status = failed(err, "make the folder", path);
    if (status == CR_OK) {
        *slash = '\0';
        status = host_make_folder(parent, err);
    }
    mem_free(parent);
    if (status == CR_OK && mkdir(path, 0777) != 0 && errno != EEXIST) status = failed(err, "make the folder", path);
    return status;
}

void host_remove_folder(const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL) return;
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
    rmdir(path);
}

bool host_exists(const char *path) { return access(path, F_OK) == 0; }

bool host_stamp(const char *path, uint64_t *size, int64_t *modified_ns) {
    struct stat info;
    if (stat(path, &info) != 0) return false;
    *size = (uint64_t)info.st_size;
    *modified_ns = (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    return true;
}

static bool is_program(const char *path) {
    struct stat info;
    return access(path, X_OK) == 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool host_find_program(const char *name, str_buf *out) {
    if (strchr(name, '/') != NULL) {
        str_buf_add_text(out, name);
        return is_program(name);
    }
    const char *path = getenv("PATH");
    for (path = path != NULL ? path : "/usr/bin:/bin"; *path != '\0';) {
        size_t length = strcspn(path, ":");
        str_buf_clear(out);
        str_buf_add(out, path, length);
        str_buf_add_format(out, "%s%s", length == 0 ? "./" : "/", name);
        if (is_program(str_buf_text(out))) return true;
        path += length + (path[length] == ':' ? 1 : 0);
    }
    return false;
}

cr_status host_start(const char *const *argv, const char *folder, pid_t *pid, cr_error *err) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (folder != NULL) posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    size_t count = 0;
    while (argv[count] != NULL) count++;
    char **words = mem_zeroed(count + 1, sizeof *words); /* posix_spawn wants them without const */
    for (size_t i = 0; i < count; i++) words[i] = mem_copy_text(argv[i], strlen(argv[i]));
    posix_spawnattr_t attributes; /* children are not to inherit the signals that we hold */
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int reason = posix_spawnp(pid, argv[0], &actions, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    for (size_t i = 0; i < count; i++) mem_free(words[i]);
    mem_free(words);
    posix_spawn_file_actions_destroy(&actions);
    if (reason != 0) return cr_fail(err, CR_E_OS, "cannot start '%s': %s", argv[0], strerror(reason));
    return CR_OK;
}

static void signals_of_interest(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGCHLD);
}

void host_hold_signals(sigset_t *held) {
    sigset_t ours;
    signals_of_interest(&ours);
    sigprocmask(SIG_BLOCK, &ours, held);
}

pid_t host_wait(const pid_t *children, size_t count, bool *succeeded) {
    sigset_t ours;
    signals_of_interest(&ours);
    for (;;) {
        for (size_t i = 0; i < count; i++) {
            int status = 0;
            if (waitpid(children[i], &status, WNOHANG) != children[i]) continue;
            *succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
            return children[i];
        }
        int signal_number = sigwaitinfo(&ours, NULL);
        if (signal_number <= 0 || signal_number == SIGCHLD) continue;
        for (size_t i = 0; i < count; i++) kill(children[i], SIGTERM);
        raise(signal_number); /* pending until host_let_signals; the children are gone by then */
        sigdelset(&ours, signal_number);
    }
}

void host_let_signals(const sigset_t *held) { sigprocmask(SIG_SETMASK, held, NULL); }

unsigned host_processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (unsigned)count : 1;
}
