/** The name that messages of tenant `t` speak for: the tenant's own, the product's where the first tenant was never named. */
export const brandSql = `case when t.slug = 'default' and t.name = 'Default' then 'Custom Identity Platform' else t.name end`
