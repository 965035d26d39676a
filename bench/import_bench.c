/*
 * import_bench: an XLSX of made-up people read, checked and stored as `muster plan` does it, through person.import in
 * pieces, and by `muster import`, which keeps each row's fate and what undoing it takes; against the sqlite3 command's own
 * .import of the same rows as CSV into a table of as many columns.
 *   import_bench FOLDER [ROWS [RUNS]]         the files are made there; build and run: make bench
 * Each run is a process of its own, so that its peak memory is its own. Prints each run, then the medians.
 */
#include "base/luck.h"
#include "base/text.h"
#include "cli/plan.h"
#include "sheet/write.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MUSTER "build/release/muster"

enum { COLUMNS = 8, RUNS_MAX = 99, SHEET_BYTES = 1 << 30, NO_PROGRAM = 127 };

typedef struct bench {
    const char *folder;
    size_t rows;
} bench;
typedef struct measure {
    double seconds, cpu;
    long peak_kb;
    int status;
} measure;

/* plan_store tells its progress; here nobody looks. */
bool cli_interrupted(void)
{
    return false;
}
void cli_progress(arena *a, words_lang lang, const char *key, const word_value *values)
{
    (void)a, (void)lang, (void)key, (void)values;
}
void cli_progress_end(void)
{
}

static void quit(const char *what, const err *e)
{
    fprintf(stderr, "import_bench: %s: %s %s\n", what, e ? e->message : "", e && e->detail.len ? e->detail.at : "");
    exit(2);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *path(arena *a, const bench *b, const char *name)
{
    return text_format(a, "%s/%s", b->folder, name).at;
}

/* -- the people --------------------------------------------------------------------------------------- */
static const char *one_of(arena *a, luck *l, const char *words)
{
    size_t count = 1;
    for (const char *w = words; *w; w++)
        count += *w == '/';
    str rest = str_of(words), part = { 0 };
    for (size_t i = luck_below(l, count) + 1; i; i--)
        str_split(&rest, '/', &part);
    return str_z(a, part);
}

static str person_cell(arena *a, luck *l, size_t row, size_t column)
{
    switch (column) {
    case 0:
        return text_format(a, "%s%s%s", one_of(a, l, "王/李/张/刘/陈/杨/黄/赵/周/吴/徐/孙"),
                           one_of(a, l, "伟/芳/娜/敏/静/丽/强/磊/军/洋/勇/艳/杰/涛"),
                           one_of(a, l, "/明/华/平/红/云/英/国/建/海"));
    case 1:
        return text_format(a, "139%08zu", row * 4999 % 100000000);
    case 2:
        return text_format(a, "第%d党支部", (int)luck_below(l, 60) + 1);
    case 3:
        return text_format(a, "%s区%s%s路%d号%s花园%d号楼%d单元%d室", one_of(a, l, "鼓山/云湖/泉东/铜南"),
                           one_of(a, l, "东/西/南/北/中"), one_of(a, l, "和平/建设/民主/青年/解放/中山"),
                           (int)luck_below(l, 300) + 1, one_of(a, l, "翠湖/金鼎/阳光/滨河/锦绣"),
                           (int)luck_below(l, 40) + 1, (int)luck_below(l, 6) + 1, (int)luck_below(l, 1800) + 101);
    case 4:
        return text_format(a, "市%s局%s科", one_of(a, l, "财政/教育/水务/交通/文旅/民政"),
                           one_of(a, l, "办公/综合/人事/法规/规划"));
    case 5:
        return str_of(one_of(a, l, "党员/党员/党员/群众/预备党员"));
    case 6:
        return str_of(one_of(a, l, "///驾驶/医护/急救、驾驶"));
    default:
        return str_of(one_of(a, l, "////晚上方便/有车"));
    }
}

static const char *const labels[COLUMNS] = { "姓名", "联系电话", "所在党支部", "家庭住址",
                                             "工作单位", "人员类别", "特长", "备注" };

static void people_write(arena *a, const bench *b)
{
    luck l = luck_of(20200208);
    sheet_out_column columns[COLUMNS] = { { .width = 0 } };
    value *cells = arena_many(a, value, b->rows * COLUMNS);
    text csv = text_begin(a);
    for (size_t c = 0; c < COLUMNS; c++)
        columns[c] = (sheet_out_column){ .label = str_of(labels[c]), .width = 12, .kind = SHEET_OUT_TEXT };
    for (size_t r = 0; r < b->rows; r++) {
        str row[COLUMNS];
        for (size_t c = 0; c < COLUMNS; c++)
            cells[r * COLUMNS + c] = V_TEXT(row[c] = person_cell(a, &l, r, c));
        sheet_csv_row(&csv, row, COLUMNS);
    }
    sheet_out out = { .sheet = STR("名单"), .columns = columns, .column_count = COLUMNS, .cells = cells,
                      .row_count = b->rows };
    err *e = sheet_write_xlsx(a, path(a, b, "people.xlsx"), &out, 1);
    if (e)
        quit("people.xlsx", e);
    FILE *f = fopen(path(a, b, "people.csv"), "w");
    str s = text_done(&csv);
    if (!f || fwrite(s.at, 1, s.len, f) != s.len || fclose(f))
        quit("people.csv", NULL);
}

static void child_write(arena *a, const bench *b)
{
    people_write(a, b);
}

/* -- the two sides ------------------------------------------------------------------------------------- */
static err *import_with_plan(plan *p, const char *xlsx, const char *db)
{
    sheet_file file = { 0 };
    sheet_troubles troubles = { 0 };
    TRY(sheet_read(p->a, xlsx, &file));
    TRY(sheet_people_of(p->a, &file, &p->people, &troubles));
    TRY(app_open(p->a, &(app_options){ .url = db, .stepped = true }, &p->app));
    err *e = plan_people(p);
    app_close(p->app);
    return e;
}

static void child_muster(arena *a, const bench *b)
{
    plan p = { .a = a, .lang = WORDS_ZH, .now = 1581120000000 };
    err *e = import_with_plan(&p, path(a, b, "people.xlsx"), path(a, b, "muster.db"));
    if (e || p.persons.count != b->rows || !p.persons.at[b->rows - 1].id)
        quit("muster", e);
}

static void child_init(arena *a, const bench *b)
{
    dup2(open("/dev/null", O_WRONLY), 1);
    execl(MUSTER, MUSTER, "init", "--name", "方远", "--phone", "13900000099", "--mode", "drill", "--db", path(a, b, "muster.db"), (char *)NULL);
    _exit(NO_PROGRAM);
}

static void child_intake(arena *a, const bench *b)
{
    dup2(open("/dev/null", O_WRONLY), 1);
    execl(MUSTER, MUSTER, "import", path(a, b, "people.xlsx"), "--apply", "--db", path(a, b, "muster.db"), (char *)NULL);
    _exit(NO_PROGRAM);
}

static void child_sqlite3(arena *a, const bench *b)
{
    int nothing = open("/dev/null", O_WRONLY);
    const char *import = text_format(a, ".import '%s' person", path(a, b, "people.csv")).at;
    dup2(nothing, 1);
    execlp("sqlite3", "sqlite3", "-batch", path(a, b, "bare.db"),
           "CREATE TABLE person (name, phone, org, address, work_unit, kind, skills, remark)", ".mode csv", import,
           (char *)NULL);
    _exit(NO_PROGRAM);
}

static void forget(arena *a, const bench *b)
{
    static const char *const names[] = { "muster.db", "muster.db-wal", "muster.db-shm", "muster.db.lock", "muster.db.key", "bare.db" };
    for (size_t i = 0; i < COUNT(names); i++)
        unlink(path(a, b, names[i]));
}

static measure run(const bench *b, void (*what)(arena *a, const bench *b))
{
    double from = now();
    pid_t pid = fork();
    if (pid == 0) {
        arena *a = arena_open(NULL, SHEET_BYTES);
        what(a, b);
        _exit(0);
    }
    measure m = { 0 };
    struct rusage used;
    if (pid < 0 || wait4(pid, &m.status, 0, &used) != pid)
        quit("fork", NULL);
    m.seconds = now() - from;
    m.cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
            (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    m.peak_kb = used.ru_maxrss;
    if (m.status && !(WIFEXITED(m.status) && WEXITSTATUS(m.status) == NO_PROGRAM))
        quit("a run failed", NULL);
    return m;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *all, size_t count)
{
    qsort(all, count, sizeof *all, by_size);
    return all[count / 2];
}

int main(int argc, char **argv)
{
    bench b = { argc > 1 ? argv[1] : ".", argc > 2 ? (size_t)atol(argv[2]) : 20000 };
    size_t runs = argc > 3 ? (size_t)atol(argv[3]) : 5;
    double ours[RUNS_MAX], theirs[RUNS_MAX], ratios[RUNS_MAX], peaks[RUNS_MAX], intakes[RUNS_MAX], intake_ratios[RUNS_MAX];
    arena *a = arena_open(NULL, 1 << 20);
    if (runs < 1 || runs > RUNS_MAX)
        return 2;
    run(&b, child_write);
    for (size_t i = 0; i < runs; i++) {
        forget(a, &b);
        measure m = run(&b, child_muster), s = run(&b, child_sqlite3);
        if (s.status) {
            puts("import: skipped: there is no sqlite3 command (Debian: apt-get install sqlite3)");
            return 0;
        }
        forget(a, &b);
        run(&b, child_init);
        measure n = run(&b, child_intake);
        if (n.status)
            quit("build/release/muster is missing", NULL);
        intakes[i] = n.seconds;
        intake_ratios[i] = s.seconds / n.seconds;
        ours[i] = m.seconds;
        theirs[i] = s.seconds;
        ratios[i] = s.seconds / m.seconds;
        peaks[i] = (double)m.peak_kb / 1024;
        printf("  run %zu: muster %.3f s (%.3f s of CPU), %.0f MiB; .import %.3f s (%.3f s); ratio %.2f\n", i + 1,
               m.seconds, m.cpu, peaks[i], s.seconds, s.cpu, ratios[i]);
        printf("         muster import %.3f s (%.3f s of CPU), %.0f MiB; ratio %.3f\n", n.seconds, n.cpu, (double)n.peak_kb / 1024,
               intake_ratios[i]);
    }
    printf("import of %zu people, median of %zu: muster %.3f s, .import %.3f s, ratio %.2f, peak %.0f MiB\n", b.rows,
           runs, median(ours, runs), median(theirs, runs), median(ratios, runs), median(peaks, runs));
    printf("the same by muster import: %.3f s, ratio %.3f\n", median(intakes, runs), median(intake_ratios, runs));
    return 0;
}
