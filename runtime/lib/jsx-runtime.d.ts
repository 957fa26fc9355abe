/* How tsc types JSX with "jsx": "react-jsx" and "jsxImportSource": "creact". creactc has these rules built in. */
import type { CReactElement, CReactNode } from './index';

export namespace JSX {
  type Element = CReactElement;
  type ElementType = ((props: any) => CReactNode) | (new (props: any) => { props: any });
  interface ElementClass {
    props: any;
  }
  interface ElementAttributesProperty {
    props: {};
  }
  interface ElementChildrenAttribute {
    children: {};
  }
  interface IntrinsicAttributes {
    key?: string | number;
  }
  /* A construct takes children (resources that live inside it) without declaring them. */
  interface IntrinsicClassAttributes<T> {
    children?: CReactNode;
  }
  interface IntrinsicElements {}
}

export declare function jsx(type: unknown, props: unknown, key?: unknown): JSX.Element;
export declare function jsxs(type: unknown, props: unknown, key?: unknown): JSX.Element;
export declare const Fragment: (props: { children?: CReactNode }) => JSX.Element;
