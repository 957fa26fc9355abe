// Strings, templates, numbers, regular expressions.
// ast: (expression_stmt (assign = (identifier x) (string "a\n\x09AB😀\x00'\"q")))
x = "a\n\t\x41\u0042\u{1F600}\0\'\"\q";
// ast: (expression_stmt (assign = (identifier x) (string "😀 \ud800")))
x = '\ud83d\ude00 \ud800';
// ast: (expression_stmt (assign = (identifier x) (assign = (identifier x) (template texts: [(template_text "a" "a") (template_text "c\n" "c\\n") (template_text "" "")] expressions: [(identifier b) (template texts: [(template_text "d" "d") (template_text "" "")] expressions: [(identifier e)])]))))
x = x = `a${b}c\n${`d${e}`}`;
// ast: (expression_stmt (assign = (identifier x) (template texts: [(template_text "" "")])))
x = ``;
// ast: (expression_stmt (assign = (identifier x) (tagged_template (identifier f) (template texts: [(template_text "஭" "\\u{bad}")]))))
x = f`\u{bad}`;
// ast: (expression_stmt (assign = (identifier x) (array elements: [(number 1) (number 1.5) (number 0.5) (number 5) (number 1000) (number 1000) (number 255) (number 15) (number 5) (number 171)])))
x = [1, 1.5, .5, 5., 1e3, 1_000, 0xff, 0o17, 0b101, 0XAB];
// ast: (expression_stmt (assign = (identifier x) (number 1.4411518807585587e+17)))
x = 0x1fffffffffffff8;
// ast: (expression_stmt (assign = (identifier x) (number 0.10000000000000001)))
x = 0.1;
// ast: (expression_stmt (assign = (identifier x) (array elements: [(true) (false) (null) (undefined)])))
x = [true, false, null, undefined];
// ast: (expression_stmt (assign = (identifier x) (regex "a[/]\\/b" "giu")))
x = /a[/]\/b/giu;
// ast: (expression_stmt (assign = (identifier x) (array elements: [(number 1) (hole) (number 2) (spread (identifier y))])))
x = [1, , 2, ...y, ];
// ast: (expression_stmt (assign = (identifier x) (array elements: [(hole)])))
x = [,];
// ast: (expression_stmt +directive (string "use strict"))
"use strict";
