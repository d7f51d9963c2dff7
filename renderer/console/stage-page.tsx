import type { JSX } from 'react';
import type { BoardProps } from './board-props.ts';
import { LacksCard } from './lacks-card.tsx';
import { NoticeCard } from './notice-card.tsx';
import { SoundCard } from './sound-card.tsx';
import { SourceCard } from './source-card.tsx';
import { StageCard } from './stage-card.tsx';
import { StageDisplaysCard } from './stage-displays-card.tsx';
import { StagePreviewCard } from './stage-preview-card.tsx';
import { StageSourceChoice } from './stage-source-choice.tsx';

/** Picture and sound of the hall, with everything that can be set. */
export function StagePage(props: BoardProps): JSX.Element {
  return (
    <div className="stage-page">
      <div>
        <StagePreviewCard {...props} />
        <SoundCard {...props} />
        <StageDisplaysCard {...props} />
      </div>
      <div>
        <StageCard {...props} full />
        <SourceCard {...props} full />
        <StageSourceChoice {...props} />
        <NoticeCard {...props} />
      </div>
      <LacksCard {...props} />
    </div>
  );
}
