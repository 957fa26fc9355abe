// Nesting of operators, which the grammar gets wrong in many ways (parse/operators.c).
// postfix ! binds tighter than every other operator
// ast: (expression_stmt (assign = (identifier x) (binary + (string "/mnt/") (member (non_null (member (identifier ev) path)) name))))
x = "/mnt/" + ev.path!.name;
// ast: (expression_stmt (assign = (identifier x) (binary < (identifier i) (member (non_null (member (identifier s) items)) length))))
x = i < s.items!.length;
// ast: (expression_stmt (assign = (identifier x) (logical || (identifier a) (non_null (identifier b)))))
x = a || b!;
// ast: (expression_stmt (assign = (identifier x) (unary typeof (non_null (identifier a)))))
x = typeof a!;
// ast: (expression_stmt (assign = (identifier x) (unary ! (non_null (identifier a)))))
x = !a!;
// ast: (expression_stmt (assign = (identifier x) (conditional (identifier a) (identifier b) (non_null (identifier c)))))
x = a ? b : c!;
// ast: (expression_stmt (assign = (identifier x) (non_null (call (non_null (index (non_null (member (non_null (identifier a)) b)) (number 0)))))))
x = a!.b![0]!()!;
// ast: (expression_stmt (assign = (non_null (identifier a)) (identifier b)))
a! = b;
// ast: (expression_stmt (update ++ (non_null (identifier a))))
a!++;

// explicit type arguments
// ast: (expression_stmt (assign = (identifier x) (await (call (identifier f) type_arguments: [(type_ref (identifier T))] arguments: [(identifier x)]))))
x = await f<T>(x);
// ast: (expression_stmt (assign = (identifier x) (unary ! (call (identifier f) type_arguments: [(type_ref (identifier T))] arguments: [(identifier x)]))))
x = !f<T>(x);
// ast: (expression_stmt (assign = (identifier x) (binary + (identifier a) (call (identifier f) type_arguments: [(type_ref (identifier T))] arguments: [(identifier x)]))))
x = a + f<T>(x);
// ast: (expression_stmt (assign = (identifier x) (logical ?? (identifier a) (member (call (identifier f) type_arguments: [(type_array (type_ref (qualified_name (identifier A) B) type_arguments: [(type_ref (identifier C))]))] arguments: [(identifier x)]) y))))
x = a ?? f<A.B<C>[]>(x).y;
// ast: (expression_stmt (assign = (identifier x) (call (member (new (identifier Map) type_arguments: [(type_keyword string) (type_keyword number)]) get) arguments: [(string "a")])))
x = new Map<string, number>().get("a");
// ast: (expression_stmt (assign = (identifier x) (instantiation (identifier f) type_arguments: [(type_ref (identifier T))])))
x = f<T>;

// as, satisfies
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_ref (qualified_name (qualified_name (identifier A) B) C)))))
x = y as A.B.C;
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_ref (qualified_name (qualified_name (identifier A) B) C) type_arguments: [(type_ref (identifier T))]))))
x = y as A.B.C<T>;
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_union types: [(type_ref (qualified_name (qualified_name (identifier A) B) C)) (type_intersection types: [(type_ref (identifier D)) (type_ref (identifier E))])]))))
x = y as A.B.C | D & E;
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_union types: [(type_intersection types: [(type_ref (qualified_name (identifier A) B)) (type_ref (identifier C))]) (type_ref (identifier D))]))))
x = y as A.B & C | D;
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_indexed (type_ref (qualified_name (identifier A) B)) (type_literal (string "c"))))))
x = y as A.B["c"];
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_indexed (type_ref (qualified_name (identifier A) B) type_arguments: [(type_ref (identifier C))]) (type_literal (string "d"))))))
x = y as A.B<C>["d"];
// ast: (expression_stmt (assign = (identifier x) (as (identifier y) (type_union types: [(type_ref (qualified_name (identifier A) B)) (type_keyword null) (type_literal (string "e"))]))))
x = y as A.B | null | "e";
// ast: (expression_stmt (assign = (as (identifier y) (type_ref (identifier A))) (identifier z)))
(y as A) = z;
// ast: (for_of (non_null (identifier z)) (identifier a) (expression_stmt (identifier b)))
for (z! of a) b;
// ast: (expression_stmt (assign = (identifier x) (as (await (identifier y)) (type_ref (identifier T)))))
x = await y as T;
// ast: (expression_stmt (assign = (identifier x) (as (binary < (identifier a) (identifier b)) (type_keyword number))))
x = a < b as number;
// ast: (expression_stmt (assign = (identifier x) (as (binary + (identifier a) (identifier b)) (type_ref (identifier T)))))
x = a + b as T;
// ast: (expression_stmt (assign = (identifier x) (logical || (logical && (identifier a) (as (identifier b) (type_ref (identifier T)))) (identifier c))))
x = a && b as T || c;
// ast: (expression_stmt (assign = (identifier x) (as (as (identifier y) (type_keyword any)) (type_array (type_ref (identifier T))))))
x = y as any as T[];
// ast: (expression_stmt (assign = (identifier x) (as (object members: [(property (key a) (number 1))]) (type_const))))
x = { a: 1 } as const;
// ast: (expression_stmt (assign = (identifier x) (satisfies (identifier y) (type_ref (qualified_name (identifier A) B)))))
x = y satisfies A.B;
// ast: (expression_stmt (assign = (identifier x) (conditional (as (identifier y) (type_ref (identifier T))) (number 1) (number 2))))
x = y as T ? 1 : 2;
// ast: (expression_stmt (assign = (identifier x) (member (as (identifier y) (type_ref (identifier T))) z)))
x = (y as T).z;

// precedence and grouping
// ast: (expression_stmt (assign = (identifier x) (binary - (binary + (identifier a) (binary * (identifier b) (identifier c))) (identifier d))))
x = a + b * c - d;
// ast: (expression_stmt (assign = (identifier x) (binary ** (identifier a) (binary ** (identifier b) (identifier c)))))
x = a ** b ** c;
// ast: (expression_stmt (assign = (identifier x) (binary | (binary & (binary === (binary > (binary << (identifier a) (number 1)) (identifier b)) (identifier c)) (identifier d)) (binary ^ (identifier e) (identifier f)))))
x = a << 1 > b === c & d | e ^ f;
// ast: (expression_stmt (assign = (identifier x) (logical || (logical && (identifier a) (identifier b)) (logical && (identifier c) (identifier d)))))
x = a && b || c && d;
// ast: (expression_stmt (assign = (identifier x) (logical || (logical ?? (identifier a) (identifier b)) (identifier c))))
x = (a ?? b) || c;
// ast: (expression_stmt (assign = (identifier x) (logical ?? (logical ?? (identifier a) (identifier b)) (identifier c))))
x = a ?? b ?? c;
// ast: (expression_stmt (assign = (identifier x) (assign = (identifier y) (assign += (identifier z) (number 1)))))
x = y = z += 1;
// ast: (expression_stmt (assign = (identifier x) (conditional (identifier a) (identifier b) (conditional (identifier c) (identifier d) (identifier e)))))
x = a ? b : c ? d : e;
// ast: (expression_stmt (assign = (identifier x) (binary - (binary + (unary unary - (identifier a)) (unary unary + (identifier b))) (unary unary - (identifier c)))))
x = -a + +b - -c;
// ast: (expression_stmt (assign = (identifier x) (binary instanceof (unary ! (identifier a)) (identifier B))))
x = !a instanceof B;
// ast: (expression_stmt (assign = (identifier x) (binary in (string "k") (identifier o))))
x = "k" in o;
// ast: (expression_stmt (sequence expressions: [(assign = (identifier x) (unary void (number 0))) (assign = (identifier y) (number 1))]))
x = void 0, y = 1;
// ast: (expression_stmt (assign = (identifier x) (binary + (await (identifier a)) (await (identifier b)))))
x = await a + await b;
// ast: (expression_stmt (assign = (identifier x) (binary + (update ++ (identifier i)) (update +prefix ++ (identifier i)))))
x = i++ + ++i;
// ast: (expression_stmt (assign = (identifier x) (binary ** (unary unary - (number 1)) (number 2))))
x = (-1) ** 2;

// members, calls, new
// ast: (expression_stmt (assign = (identifier x) (call (member (new (member (identifier A) B) arguments: [(identifier c)]) d) arguments: [(identifier e)])))
x = new A.B(c).d(e);
// ast: (expression_stmt (assign = (identifier x) (new (identifier A))))
x = new A;
// ast: (expression_stmt (assign = (identifier x) (new (call (identifier f)) arguments: [(identifier x)])))
x = new (f())(x);
// ast: (expression_stmt (assign = (identifier x) (new (new (identifier A)))))
x = new new A()();
// ast: (expression_stmt (assign = (identifier x) (index (call (index (identifier a) (string "b")) arguments: [(identifier c)]) (identifier d))))
x = a["b"](c)[d];
// ast: (expression_stmt (assign = (identifier x) (member (tagged_template (identifier a) (template texts: [(template_text "t" "t") (template_text "u" "u")] expressions: [(identifier b)])) c)))
x = a`t${b}u`.c;
// ast: (expression_stmt (assign = (identifier x) (call (member (number 1) toString))))
x = 1..toString();

// optional chains stop at parentheses
// ast: (expression_stmt (assign = (identifier x) (optional_chain (member (member +optional-link (identifier a) b) c))))
x = a?.b.c;
// ast: (expression_stmt (assign = (identifier x) (member (optional_chain (member +optional-link (identifier a) b)) c)))
x = (a?.b).c;
// ast: (expression_stmt (assign = (identifier x) (optional_chain (call +optional-link (index +optional-link (identifier a) (number 0)) arguments: [(number 1)]))))
x = a?.[0]?.(1);
// ast: (expression_stmt (assign = (identifier x) (optional_chain (member (non_null (member +optional-link (identifier a) b)) c))))
x = a?.b!.c;
// ast: (expression_stmt (assign = (identifier x) (optional_chain (member +optional-link (member +optional-link (identifier a) b) c))))
x = a?.b?.c;
// ast: (expression_stmt (assign = (identifier x) (member (call (identifier f) arguments: [(optional_chain (member +optional-link (identifier a) b))]) c)))
x = f(a?.b).c;
// ast: (expression_stmt (assign = (identifier x) (optional_chain (call (member +optional-link (identifier a) b) type_arguments: [(type_ref (identifier T))] arguments: [(identifier c)]))))
x = a?.b<T>(c);
// ast: (expression_stmt (assign = (identifier x) (binary + (optional_chain (member +optional-link (identifier a) b)) (identifier c))))
x = a?.b + c;
