import type { JSX } from 'react';
import type { BoardProps } from './board-props.ts';
import { LacksCard } from './lacks-card.tsx';
import { NoticeCard } from './notice-card.tsx';
import { RecoveryCard } from './recovery-card.tsx';
import { SoundCard } from './sound-card.tsx';
import { SourceCard } from './source-card.tsx';
import { StageCard } from './stage-card.tsx';

/** Picture and sound of the hall, with everything that can be set. */
export function StagePage(props: BoardProps): JSX.Element {
  return (
    <div className="stage-page">
      <StageCard {...props} full />
      <SourceCard {...props} full />
      <SoundCard {...props} />
      <NoticeCard {...props} />
      <LacksCard {...props} />
      {props.view.role === 'technician' && <RecoveryCard />}
    </div>
  );
}
