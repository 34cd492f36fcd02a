/** What we sell, and at what price. */
import { useState } from 'react'
import { Badge, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { useMay } from '../../../app/may.ts'
import { useDraft } from '../../../parts/draft.ts'
import { formatDay, formatMoney } from '../../../parts/format.ts'
import { Empty, RowSkeletons } from '../../../parts/page.tsx'
import { plainly, ProblemNote } from '../../../parts/problem.tsx'
import { useRows } from '../../../parts/rows.ts'
import { toast } from '../../../parts/toast.tsx'
import { Confirm, FormBody, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { useForm } from '../use-form.ts'

type Product = Item<typeof api.products.$get>

export default function ProductsSettings() {
  const list = useRows(['products', 'settings'], cursor =>
    answered(api.products.$get({ query: { limit: '100', archived: 'false', ...(cursor ? { cursor } : {}) } })),
  )
  return (
    <>
      <NewProduct />
      <Section title="Products">
        {list.error && !list.rows ? (
          <ProblemNote error={list.error} retry={list.retry} />
        ) : !list.rows ? (
          <RowSkeletons rows={4} />
        ) : list.rows.length === 0 ? (
          <Empty title="No products yet">Deals and quotes name them; a price list can be imported as a file.</Empty>
        ) : (
          <ul className={classes.list}>
            {list.rows.map(product => (
              <Row key={product.id} product={product} />
            ))}
          </ul>
        )}
        {list.hasMore && (
          <Button variant="subtle" size="xs" onClick={list.more}>
            Show more
          </Button>
        )}
      </Section>
      <PriceLists />
    </>
  )
}

const priceOf = (minor: number | null, currency: string | null): string =>
  minor === null || currency === null ? 'No price' : formatMoney(minor, currency)

function Row({ product }: { product: Product }) {
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const archive = async () => {
    const param = { id: product.id }
    const { etag } = await answered(api.products[':id'].$get({ param }))
    await answered(
      api.products[':id'].$patch(
        { param, json: { set: { archivedAt: new Date().toISOString() } } },
        { headers: { 'if-match': etag ?? '' } },
      ),
    )
    toast({ message: `${product.name} is out of use.` })
    await client.invalidateQueries({ queryKey: ['products'] })
  }
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {product.name}
          </Text>
          {product.series && <Badge color="gray">{product.series}</Badge>}
        </Group>
        <Text size="xs" className="dw-soft">
          {priceOf(product.priceMinor, product.currency)}
          {product.costMinor !== null && `, costs us ${priceOf(product.costMinor, product.currency)}`}
        </Text>
      </div>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? 'Close' : 'Change'}
      </Button>
      <Confirm
        word="Take out of use"
        title={`Take ${product.name} out of use?`}
        does="Take it out of use"
        run={archive}
      >
        Deals that name it keep it; nobody can choose it any more.
      </Confirm>
      {opened && <ProductForm id={product.id} />}
    </li>
  )
}

function ProductForm({ id }: { id: string }) {
  const may = useMay()
  const param = { id }
  const form = useForm({
    name: `product ${id}`,
    queryKey: ['products', id],
    load: () => answered(api.products[':id'].$get({ param })),
    from: ({ name, series, priceMinor, costMinor, currency }) => ({
      name,
      series: series ?? '',
      priceMinor,
      costMinor,
      currency: currency ?? '',
    }),
    save: ({ name, series, priceMinor, costMinor, currency }, ifMatch) => {
      const set = {
        name,
        series: series || null,
        priceMinor,
        currency: currency || null,
        ...(may('sensitive_field.see') ? { costMinor } : {}),
      }
      return answered(api.products[':id'].$patch({ param, json: { set } }, ifMatch))
    },
    said: 'Saved.',
  })
  return (
    <FormBody of={form}>
      {of => (
        <>
          <TextInput label="Name" value={of.name} onChange={event => form.set({ name: event.currentTarget.value })} />
          <TextInput
            label="Series"
            value={of.series}
            onChange={event => form.set({ series: event.currentTarget.value })}
          />
          <Group gap="sm" align="flex-end">
            <Money
              label="Price"
              minor={of.priceMinor}
              currency={of.currency}
              set={to => form.set({ priceMinor: to })}
            />
            {may('sensitive_field.see') && (
              <Money
                label="Costs us"
                minor={of.costMinor}
                currency={of.currency}
                set={to => form.set({ costMinor: to })}
              />
            )}
            <TextInput
              label="Currency"
              value={of.currency}
              onChange={event => form.set({ currency: event.currentTarget.value.toUpperCase() })}
              maxLength={3}
              w={90}
            />
          </Group>
        </>
      )}
    </FormBody>
  )
}

interface MoneyProps {
  label: string
  minor: number | null
  currency: string
  set: (minor: number | null) => void
}

/** An amount as people write it; kept in the smallest unit of its currency. */
function Money({ label, minor, currency, set }: MoneyProps) {
  const digits = digitsOf(currency)
  return (
    <NumberInput
      label={label}
      value={minor === null ? '' : minor / 10 ** digits}
      onChange={value => set(typeof value === 'number' ? Math.round(value * 10 ** digits) : null)}
      min={0}
      decimalScale={digits}
      thousandSeparator=" "
      w={140}
    />
  )
}

function digitsOf(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

const EMPTY = { name: '', priceMinor: null as number | null, currency: '' }

function NewProduct() {
  const client = useQueryClient()
  const organisation = useQuery({
    queryKey: ['organisation', 'currency'],
    queryFn: async () => (await answered(api.organisation.$get())).data.currency,
  })
  const draft = useDraft('new product', EMPTY)
  const { name, priceMinor } = draft.value
  const currency = draft.value.currency || (organisation.data ?? '')
  const add = useMutation({
    mutationFn: async () =>
      answered(
        api.products.$post({ json: { name: name.trim(), ...(priceMinor === null ? {} : { priceMinor, currency }) } }),
      ),
    onSuccess: async () => {
      draft.clear()
      await client.invalidateQueries({ queryKey: ['products'] })
    },
  })
  return (
    <Section title="A new product">
      <form
        onSubmit={event => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Stack gap="sm">
          <Group gap="sm" align="flex-end">
            <TextInput
              label="Name"
              value={name}
              onChange={event => draft.set({ ...draft.value, name: event.currentTarget.value })}
              flex={1}
              miw={200}
              maw={320}
            />
            <Money
              label="Price"
              minor={priceMinor}
              currency={currency}
              set={to => draft.set({ ...draft.value, priceMinor: to })}
            />
            <TextInput
              label="Currency"
              value={currency}
              onChange={event => draft.set({ ...draft.value, currency: event.currentTarget.value.toUpperCase() })}
              maxLength={3}
              w={90}
            />
            <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
              Add it
            </Button>
          </Group>
          {add.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(add.error).what}
            </Text>
          )}
        </Stack>
      </form>
    </Section>
  )
}

function PriceLists() {
  const { data } = useQuery({
    queryKey: ['price-lists'],
    queryFn: async () => (await answered(api['price-lists'].$get({ query: {} }))).data.items,
  })
  if (!data || data.length === 0) return null
  return (
    <Section title="Price lists">
      <ul className={classes.list}>
        {data.map(list => (
          <li key={list.id} className={classes.row}>
            <div className={classes.rowWords}>
              <Text size="sm" fw={500}>
                {list.name}
              </Text>
              <Text size="xs" className="dw-soft">
                {list.currency}, from {formatDay(list.validFrom)}
                {list.validTo && ` to ${formatDay(list.validTo)}`}, {list.prices.length} prices
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
