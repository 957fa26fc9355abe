import * as types from './types';
import type { Stage } from './types';
export const Layer = ({ env }: { env: Stage; extra?: types.DatabaseProps }) => <Inner env={env} extra={{ engine: 'sqlite', version: '1' }} />;
function Inner(props: { env: types.Stage; extra?: types.DatabaseProps }) { return null; }
// error: C2005 3:106
