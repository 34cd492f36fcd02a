/** The data blocks that some pages carry for search engines. They agree with the truth. */
import type { Profile } from '../profile.ts'

export function organisationData(profile: Profile): Record<string, unknown> {
  const { company, founded } = profile
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: company.aliases[0],
    legalName: company.name,
    url: `http://${company.domain}/`,
    foundingDate: String(founded),
    numberOfEmployees: { '@type': 'QuantitativeValue', value: company.employees },
    email: company.email,
    telephone: company.phone,
    address: {
      '@type': 'PostalAddress',
      streetAddress: company.street,
      addressLocality: company.city,
      addressCountry: company.country,
    },
  }
}

export function postData(headline: string, date: string, publisher: string): Record<string, unknown> {
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline,
    datePublished: date,
    publisher: { '@type': 'Organization', name: publisher },
  }
}
