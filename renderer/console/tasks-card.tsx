import type { JSX } from 'react';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';
import { formatCount, formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import { useNow } from '../ui/use-now.ts';
import type { BoardProps } from './board-props.ts';
import { listTasks, type Place, type Task } from './tasks.ts';

/** What is left to do, each line a way to where it is done; says that nothing is only when nothing is. */
export function TasksCard(
  props: Pick<BoardProps, 'view' | 'open' | 'clock'> & { onGo: (place: Place) => void },
): JSX.Element {
  const { t, language } = useTexts();
  const { view, open, onGo } = props;
  const now = useNow(props.clock);
  const tasks = listTasks(view.role ?? 'technician', view, open, now);
  const next = open.sittings.find((each) => each.state === 'prepared');
  const done = view.sitting?.endedAt !== null && !next ? 'console.sitting.done' : 'console.tasks.none';
  return (
    <Card title={t('console.tasks.title')} icon="check" tone={tasks.length > 0 ? 'warn' : 'ok'} className="tasks-card">
      {tasks.length === 0 && (
        <p className="sitting-done">
          {t(done)}
          {next &&
            ` ${t('console.sitting.waitNext', { title: next.title, time: formatTime(next.startsAt, language) })}`}
        </p>
      )}
      <ul className="tasks">
        {tasks.map((task) => (
          <li key={`${task.what} ${'sitting' in task ? task.sitting.id : ''}`}>
            <button type="button" onClick={() => onGo(task.place)}>
              <TaskText task={task} several={open.sittings.length > 1} />
              <Icon name="forward" />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function TaskText({ task, several }: { task: Task; several: boolean }): JSX.Element {
  const { t, language } = useTexts();
  const words = (): string => {
    switch (task.what) {
      case 'stage_gone':
      case 'one_display':
      case 'sound_untested':
      case 'no_roster':
      case 'unsigned':
      case 'no_recovery_code':
      case 'count':
      case 'sign':
      case 'send':
      case 'finish_amending':
        return t(`console.tasks.${task.what}`);
      case 'excuse':
        return t('console.tasks.excuse', { count: task.people, n: formatCount(task.people, language) });
      case 'checks_red':
        return t('console.tasks.checks_red', { n: formatCount(task.checks, language) });
      case 'clock_skewed':
        return t('console.clock.skewed', { seconds: formatCount(task.seconds, language) });
      case 'returned':
        return t('console.tasks.returned', { reason: task.reason });
      default:
        return unreachable(task);
    }
  };
  return (
    <span>
      {several && 'sitting' in task && <strong>{keepTogether(task.sitting.title)}: </strong>}
      {words()}
    </span>
  );
}
