// White space in JSX text: lines are trimmed, empty ones dropped, the rest joined by a space.
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text "first line second line") (identifier b) (jsx_text " after ") (identifier c) (identifier d)])))
x = <A>
  first line  
    second line

  {b} after {c}
  {d}
</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text "  same line  ") (identifier b) (jsx_text "  ")])))
x = <A>  same line  {b}  </A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A))))
x = <A>

</A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text " ")])))
x = <A> </A>;
// ast: (expression_stmt (assign = (identifier x) (jsx_element (identifier A) children: [(jsx_text "   b")])))
x = <A>&nbsp;
  &#32;b
</A>;
