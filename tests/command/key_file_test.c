#include "check.h"

#include "base/file.h"
#include "command/key.h"

#include <string.h>
#include <sys/stat.h>

static void the_key_is_made_once_and_read_again(void **state)
{
    arena *a = *state;
    const char *path = check_path("m.db.key");
    keys first, again;
    struct stat s;
    check_err(key_open(a, path, true, &first), ERR_NOT_FOUND, "key.missing");
    check_ok(key_open(a, path, false, &first));
    check_ok(key_open(a, path, true, &again));
    assert_memory_equal(first.master, again.master, KEY_BYTES);
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
}

static void a_key_others_can_read_or_half_a_key_is_refused(void **state)
{
    arena *a = *state;
    const char *path = check_path("m.db.key");
    keys k;
    check_ok(key_open(a, path, false, &k));
    assert_int_equal(chmod(path, 0644), 0);
    check_err(key_open(a, path, false, &k), ERR_RIGHTS, "key.open_to_others");
    check_ok(file_write(a, path, STR("abcdef\n")));
    assert_int_equal(chmod(path, 0600), 0);
    check_err(key_open(a, path, false, &k), ERR_INPUT, "key.damaged");
}

static void a_signature_holds_for_its_text_and_key_alone(void **state)
{
    (void)state;
    keys k = key_of_seed(1), other = key_of_seed(2);
    unsigned char public_key[KEY_PUBLIC_BYTES], other_key[KEY_PUBLIC_BYTES], signature[KEY_SIGNATURE_BYTES];
    key_public(&k, public_key);
    key_public(&other, other_key);
    key_sign(&k, STR("minutes=605"), signature);
    assert_true(key_verify(public_key, STR("minutes=605"), signature));
    assert_false(key_verify(public_key, STR("minutes=606"), signature));
    assert_false(key_verify(other_key, STR("minutes=605"), signature));
    signature[10] ^= 1;
    assert_false(key_verify(public_key, STR("minutes=605"), signature));
}

static void a_note_opens_for_its_person_alone(void **state)
{
    arena *a = *state;
    keys k = key_of_seed(1), other = key_of_seed(2);
    unsigned char nonce[KEY_NONCE_BYTES] = { 7 };
    str sealed = key_seal(a, &k, 12, nonce, STR("on medication")), text;
    assert_true(str_find(sealed, STR("medication")) < 0);
    assert_true(key_unseal(a, &k, 12, sealed, &text));
    check_str(text, "on medication");
    assert_false(key_unseal(a, &k, 13, sealed, &text));
    assert_false(key_unseal(a, &other, 12, sealed, &text));
    assert_false(key_unseal(a, &k, 12, str_part(sealed, 0, 20), &text));
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(the_key_is_made_once_and_read_again),
                                        CHECK_TEST(a_key_others_can_read_or_half_a_key_is_refused),
                                        CHECK_TEST(a_signature_holds_for_its_text_and_key_alone),
                                        CHECK_TEST(a_note_opens_for_its_person_alone) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
