/** What a page throws stays its own: the frame goes on, and there is a way on from it. */
import { Component, type ReactNode } from 'react'
import { Box, Button } from '@mantine/core'
import { ProblemNote } from '../parts/problem.tsx'

interface Props {
  /** Another value shows the page again: its address. */
  of: string
  children: ReactNode
}

interface State {
  error: unknown
  of: string
}

export class Boundary extends Component<Props, State> {
  override state: State = { error: null, of: this.props.of }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error }
  }

  static getDerivedStateFromProps({ of }: Props, state: State): Partial<State> | null {
    return of === state.of ? null : { of, error: null }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    // The server was replaced by a newer one while this tab was open: its files have other names.
    const newer = error instanceof TypeError && /dynamically imported module|importing a module/i.test(error.message)
    return (
      <Box p="lg" maw={640}>
        <ProblemNote
          error={newer ? new Error('There is a newer version of Dealwright. Load it; what you typed is kept.') : error}
          retry={() => this.setState({ error: null })}
        >
          <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
            {newer ? 'Load the new version' : 'Load the page again'}
          </Button>
        </ProblemNote>
      </Box>
    )
  }
}
