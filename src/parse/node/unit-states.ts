import { z } from 'zod';

export const unitStateSchema = z.strictObject({
  /** Without `.service`. */
  name: z.string(),
  /** False where the machine has no such unit. */
  present: z.boolean(),
  /** `active`, `activating`, `inactive`, `failed` … and below it `running`, `auto-restart`, `dead` … */
  active: z.string(),
  sub: z.string(),
  /** How often systemd started it again since somebody last did. */
  restarts: z.int(),
  exitStatus: z.int(),
});
export type UnitState = z.infer<typeof unitStateSchema>;

const counted = (text: string | undefined) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : 0);

// "Id=kubelet.service", "ActiveState=activating", "SubState=auto-restart"; systemd chooses the order of the lines.
const propertiesOf = (block: string) =>
  new Map(block.split('\n').map((line): [string, string] => [line.replace(/=.*/, ''), line.replace(/^[^=]*=?/, '')]));

/** `systemctl show --property=… UNIT …`: a block of properties for each unit. Nothing where systemd does not run. */
export const parseUnitStates = (text: string): UnitState[] =>
  text.split(/\n[ \t]*\n/).flatMap((block) => {
    const said = propertiesOf(block.trim());
    const [name, active] = [said.get('Id'), said.get('ActiveState')];
    if (!name || !active) return [];
    return [
      {
        name: name.replace(/\.service$/, ''),
        present: said.get('LoadState') === 'loaded',
        active,
        sub: said.get('SubState') ?? '',
        restarts: counted(said.get('NRestarts')),
        exitStatus: counted(said.get('ExecMainStatus')),
      },
    ];
  });
