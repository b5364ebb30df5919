import type { Component } from '../../model/component.ts';

/** Whether a component calls a model, or is only allowed to: what is said of the latter is a note. */
export function modelCalls(component: Component | undefined): 'calls' | 'may call' | undefined {
  if (component?.callsModel) return 'calls';
  return component?.callsModel === undefined && component?.mayCallModel ? 'may call' : undefined;
}
