// Made by Tests/Scripts/carry-theme: the files of themes/default, which the program carries.
#include "CTheme.h"

static const unsigned char file0[] = {
#embed "../../themes/default/assets/site.css" suffix(, 0) if_empty(0)
};
static const unsigned char file1[] = {
#embed "../../themes/default/i18n/ar.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file2[] = {
#embed "../../themes/default/i18n/cs.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file3[] = {
#embed "../../themes/default/i18n/da.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file4[] = {
#embed "../../themes/default/i18n/de.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file5[] = {
#embed "../../themes/default/i18n/en.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file6[] = {
#embed "../../themes/default/i18n/es.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file7[] = {
#embed "../../themes/default/i18n/fi.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file8[] = {
#embed "../../themes/default/i18n/fr.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file9[] = {
#embed "../../themes/default/i18n/he.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file10[] = {
#embed "../../themes/default/i18n/hu.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file11[] = {
#embed "../../themes/default/i18n/id.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file12[] = {
#embed "../../themes/default/i18n/it.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file13[] = {
#embed "../../themes/default/i18n/ja.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file14[] = {
#embed "../../themes/default/i18n/ko.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file15[] = {
#embed "../../themes/default/i18n/nb.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file16[] = {
#embed "../../themes/default/i18n/nl.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file17[] = {
#embed "../../themes/default/i18n/pl.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file18[] = {
#embed "../../themes/default/i18n/pt.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file19[] = {
#embed "../../themes/default/i18n/ru.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file20[] = {
#embed "../../themes/default/i18n/sv.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file21[] = {
#embed "../../themes/default/i18n/tr.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file22[] = {
#embed "../../themes/default/i18n/uk.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file23[] = {
#embed "../../themes/default/i18n/zh.yml" suffix(, 0) if_empty(0)
};
static const unsigned char file24[] = {
#embed "../../themes/default/static/favicon.svg" suffix(, 0) if_empty(0)
};
static const unsigned char file25[] = {
#embed "../../themes/default/templates/404.html" suffix(, 0) if_empty(0)
};
static const unsigned char file26[] = {
#embed "../../themes/default/templates/archive.html" suffix(, 0) if_empty(0)
};
static const unsigned char file27[] = {
#embed "../../themes/default/templates/base.html" suffix(, 0) if_empty(0)
};
static const unsigned char file28[] = {
#embed "../../themes/default/templates/components/details.html" suffix(, 0) if_empty(0)
};
static const unsigned char file29[] = {
#embed "../../themes/default/templates/components/figure.html" suffix(, 0) if_empty(0)
};
static const unsigned char file30[] = {
#embed "../../themes/default/templates/components/gallery.html" suffix(, 0) if_empty(0)
};
static const unsigned char file31[] = {
#embed "../../themes/default/templates/components/highlight.html" suffix(, 0) if_empty(0)
};
static const unsigned char file32[] = {
#embed "../../themes/default/templates/components/note.html" suffix(, 0) if_empty(0)
};
static const unsigned char file33[] = {
#embed "../../themes/default/templates/docs/page.html" suffix(, 0) if_empty(0)
};
static const unsigned char file34[] = {
#embed "../../themes/default/templates/docs/section.html" suffix(, 0) if_empty(0)
};
static const unsigned char file35[] = {
#embed "../../themes/default/templates/docs/sidebar.html" suffix(, 0) if_empty(0)
};
static const unsigned char file36[] = {
#embed "../../themes/default/templates/home.html" suffix(, 0) if_empty(0)
};
static const unsigned char file37[] = {
#embed "../../themes/default/templates/page.html" suffix(, 0) if_empty(0)
};
static const unsigned char file38[] = {
#embed "../../themes/default/templates/partials/footer.html" suffix(, 0) if_empty(0)
};
static const unsigned char file39[] = {
#embed "../../themes/default/templates/partials/header.html" suffix(, 0) if_empty(0)
};
static const unsigned char file40[] = {
#embed "../../themes/default/templates/partials/list.html" suffix(, 0) if_empty(0)
};
static const unsigned char file41[] = {
#embed "../../themes/default/templates/partials/neighbours.html" suffix(, 0) if_empty(0)
};
static const unsigned char file42[] = {
#embed "../../themes/default/templates/partials/others.html" suffix(, 0) if_empty(0)
};
static const unsigned char file43[] = {
#embed "../../themes/default/templates/partials/pagination.html" suffix(, 0) if_empty(0)
};
static const unsigned char file44[] = {
#embed "../../themes/default/templates/partials/series.html" suffix(, 0) if_empty(0)
};
static const unsigned char file45[] = {
#embed "../../themes/default/templates/partials/tags.html" suffix(, 0) if_empty(0)
};
static const unsigned char file46[] = {
#embed "../../themes/default/templates/partials/toc.html" suffix(, 0) if_empty(0)
};
static const unsigned char file47[] = {
#embed "../../themes/default/templates/redirect.html" suffix(, 0) if_empty(0)
};
static const unsigned char file48[] = {
#embed "../../themes/default/templates/section.html" suffix(, 0) if_empty(0)
};
static const unsigned char file49[] = {
#embed "../../themes/default/templates/taxonomy.html" suffix(, 0) if_empty(0)
};
static const unsigned char file50[] = {
#embed "../../themes/default/templates/term.html" suffix(, 0) if_empty(0)
};
static const unsigned char file51[] = {
#embed "../../themes/default/theme.json" suffix(, 0) if_empty(0)
};

static const struct theme_file files[] = {
    {"@theme/assets/site.css", file0, sizeof(file0) - 1},
    {"@theme/i18n/ar.yml", file1, sizeof(file1) - 1},
    {"@theme/i18n/cs.yml", file2, sizeof(file2) - 1},
    {"@theme/i18n/da.yml", file3, sizeof(file3) - 1},
    {"@theme/i18n/de.yml", file4, sizeof(file4) - 1},
    {"@theme/i18n/en.yml", file5, sizeof(file5) - 1},
    {"@theme/i18n/es.yml", file6, sizeof(file6) - 1},
    {"@theme/i18n/fi.yml", file7, sizeof(file7) - 1},
    {"@theme/i18n/fr.yml", file8, sizeof(file8) - 1},
    {"@theme/i18n/he.yml", file9, sizeof(file9) - 1},
    {"@theme/i18n/hu.yml", file10, sizeof(file10) - 1},
    {"@theme/i18n/id.yml", file11, sizeof(file11) - 1},
    {"@theme/i18n/it.yml", file12, sizeof(file12) - 1},
    {"@theme/i18n/ja.yml", file13, sizeof(file13) - 1},
    {"@theme/i18n/ko.yml", file14, sizeof(file14) - 1},
    {"@theme/i18n/nb.yml", file15, sizeof(file15) - 1},
    {"@theme/i18n/nl.yml", file16, sizeof(file16) - 1},
    {"@theme/i18n/pl.yml", file17, sizeof(file17) - 1},
    {"@theme/i18n/pt.yml", file18, sizeof(file18) - 1},
    {"@theme/i18n/ru.yml", file19, sizeof(file19) - 1},
    {"@theme/i18n/sv.yml", file20, sizeof(file20) - 1},
    {"@theme/i18n/tr.yml", file21, sizeof(file21) - 1},
    {"@theme/i18n/uk.yml", file22, sizeof(file22) - 1},
    {"@theme/i18n/zh.yml", file23, sizeof(file23) - 1},
    {"@theme/static/favicon.svg", file24, sizeof(file24) - 1},
    {"@theme/templates/404.html", file25, sizeof(file25) - 1},
    {"@theme/templates/archive.html", file26, sizeof(file26) - 1},
    {"@theme/templates/base.html", file27, sizeof(file27) - 1},
    {"@theme/templates/components/details.html", file28, sizeof(file28) - 1},
    {"@theme/templates/components/figure.html", file29, sizeof(file29) - 1},
    {"@theme/templates/components/gallery.html", file30, sizeof(file30) - 1},
    {"@theme/templates/components/highlight.html", file31, sizeof(file31) - 1},
    {"@theme/templates/components/note.html", file32, sizeof(file32) - 1},
    {"@theme/templates/docs/page.html", file33, sizeof(file33) - 1},
    {"@theme/templates/docs/section.html", file34, sizeof(file34) - 1},
    {"@theme/templates/docs/sidebar.html", file35, sizeof(file35) - 1},
    {"@theme/templates/home.html", file36, sizeof(file36) - 1},
    {"@theme/templates/page.html", file37, sizeof(file37) - 1},
    {"@theme/templates/partials/footer.html", file38, sizeof(file38) - 1},
    {"@theme/templates/partials/header.html", file39, sizeof(file39) - 1},
    {"@theme/templates/partials/list.html", file40, sizeof(file40) - 1},
    {"@theme/templates/partials/neighbours.html", file41, sizeof(file41) - 1},
    {"@theme/templates/partials/others.html", file42, sizeof(file42) - 1},
    {"@theme/templates/partials/pagination.html", file43, sizeof(file43) - 1},
    {"@theme/templates/partials/series.html", file44, sizeof(file44) - 1},
    {"@theme/templates/partials/tags.html", file45, sizeof(file45) - 1},
    {"@theme/templates/partials/toc.html", file46, sizeof(file46) - 1},
    {"@theme/templates/redirect.html", file47, sizeof(file47) - 1},
    {"@theme/templates/section.html", file48, sizeof(file48) - 1},
    {"@theme/templates/taxonomy.html", file49, sizeof(file49) - 1},
    {"@theme/templates/term.html", file50, sizeof(file50) - 1},
    {"@theme/theme.json", file51, sizeof(file51) - 1},
};

const struct theme_file *theme_file_table(void) { return files; }
size_t theme_file_count(void) { return sizeof(files) / sizeof(files[0]); }
