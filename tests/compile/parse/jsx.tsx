// Elements, and JSX's rules for text.
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A))))
x = <A />;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) attributes: [(jsx_attribute b) (jsx_attribute c value: (string "d")) (jsx_attribute e value: (identifier f)) (jsx_attribute g value: (jsx_element (identifier B))) (jsx_attribute h value: (jsx_element (identifier C))) (spread (identifier i)) (jsx_attribute j-k value: (string "l")) (jsx_attribute m:n value: (identifier o))])))
x = <A b c="d" e={f} g={<B />} h=<C /> {...i} j-k="l" m:n={o} />;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (member (member (identifier A) B) C) children: [(jsx_text "d")])))
x = <A.B.C>d</A.B.C>;
// ast: (expression_stmt (assign = (identifier x) (jsx_fragment)))
x = <></>;
// ast: (expression_stmt (assign = (identifier x) (jsx_fragment children: [(jsx_element (identifier A)) (jsx_element (identifier B))])))
x = <><A /><B /></>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (jsx_intrinsic div) children: [(jsx_element (jsx_intrinsic my-tag)) (jsx_element (jsx_intrinsic a:b))])))
x = <div><my-tag /><a:b /></div>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) type_arguments: [(type_ref (identifier T))] attributes: [(jsx_attribute b value: (identifier c))])))
x = <A<T> b={c}></A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(identifier b) (spread (identifier d)) (string "e")])))
x = <A>{b}{/* c */}{...d}{"e"}</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) attributes: [(jsx_attribute b value: (string "c & d & <e> &nosuch; \\n"))])))
x = <A b="c &amp; d & &lt;e&gt; &nosuch; \n" />;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text " b ")])))
x = <A> b </A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text "b & c A B   &nosuch; ") (identifier d)])))
x = <A>b &amp; c &#65; &#x42; &nbsp; &nosuch; {d}</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text "b & c && d &e")])))
x = <A>b & c && d &e</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text "don't \"quote\" // this /* or this */")])))
x = <A>don't "quote" // this /* or this */</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) attributes: [(jsx_attribute b value: (function +arrow +concise body: (jsx_element (identifier C) children: [(identifier d)])))] children: [(conditional (identifier e) (jsx_element (identifier F)) (null)) (logical && (identifier g) (jsx_element (identifier H)))])))
x = <A b={() => <C>{d}</C>}>{e ? <F /> : null}{g && <H />}</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) attributes: [(jsx_attribute b value: (sequence expressions: [(identifier c) (identifier d)]))])))
x = <A b={c, d} />;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier _A))))
x = <_A />;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier $a))))
x = <$a />;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(call (member (array elements: [(number 1)]) map) arguments: [(function +arrow +concise parameters: [(parameter (binding x))] body: (jsx_element (identifier B) attributes: [(jsx_attribute key value: (identifier x))]))])])))
x = <A>{[1].map(x => <B key={x} />)}</A>;
