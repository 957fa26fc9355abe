/* source/width.c: UTF-8 characters: which bytes make one, and how wide it is on a terminal, for carets. */
#include "source/source.h"

size_t tsx_utf8_length(str text, size_t at) {
    unsigned char lead = (unsigned char)text.bytes[at];
    if (lead < 0x80) return 1;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.length) return 0;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text.bytes[at + i] & 0xC0) != 0x80) return 0;
    }
    unsigned char second = (unsigned char)text.bytes[at + 1];
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
    return length;
}

/* Reads one UTF-8 character at *at and moves past it; a byte that starts none counts as a character. */
static uint32_t next_character(str text, size_t *at) {
    unsigned char lead = (unsigned char)text.bytes[(*at)++];
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t character = more == 0 ? lead : lead & (0x3Fu >> more);
    while (more-- > 0 && *at < text.length && ((unsigned char)text.bytes[*at] & 0xC0) == 0x80)
        character = character << 6 | ((unsigned char)text.bytes[(*at)++] & 0x3F);
    return character;
}

typedef struct width_range {
    uint32_t first, last;
    uint32_t cells;
} width_range;

/* After Unicode's East Asian Width (W and F) and its combining marks, joined to blocks. In order. */
static const width_range ranges[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x064B, 0x065F, 0},
    {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200F, 0},
    {0x20D0, 0x20FF, 0},   {0x231A, 0x231B, 2},   {0x23E9, 0x23F3, 2},   {0x25FD, 0x25FE, 2},
    {0x2614, 0x2615, 2},   {0x2648, 0x2653, 2},   {0x26A1, 0x26A1, 2},   {0x2705, 0x2705, 2},
    {0x274C, 0x274C, 2},   {0x2728, 0x2728, 2},   {0x2753, 0x2757, 2},   {0x2B50, 0x2B55, 2},
    {0x2E80, 0x303E, 2},   {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2},   {0x4E00, 0x9FFF, 2},
    {0xA000, 0xA4CF, 2},   {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},
    {0xFE00, 0xFE0F, 0},   {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFEFF, 0xFEFF, 0},
    {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x1F000, 0x1F02F, 2}, {0x1F0A0, 0x1F0FF, 2},
    {0x1F18E, 0x1F19A, 2}, {0x1F200, 0x1F320, 2}, {0x1F32D, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2},
    {0x1F900, 0x1F9FF, 2}, {0x1FA70, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0},
};

static uint32_t character_width(uint32_t character) {
    if (character < ranges[0].first) return 1;
    size_t low = 0, high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (character < ranges[middle].first)
            high = middle;
        else if (character > ranges[middle].last)
            low = middle + 1;
        else
            return ranges[middle].cells;
    }
    return 1;
}

uint32_t tsx_display_width(str text) {
    uint32_t cells = 0;
    for (size_t at = 0; at < text.length;) cells += character_width(next_character(text, &at));
    return cells;
}
