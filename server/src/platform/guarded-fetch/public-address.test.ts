import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublicAddress } from './public-address.ts'

const inner = `0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1
  172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
  240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:a9fe:a9fe ::ffff:8.8.8.8 ::ffff:0:127.0.0.1
  64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::
  3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ffff::1`

const outer = `1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255
  172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111
  2a00:1450:4001::1 3ffe::1`

const words = (text: string): string[] => text.split(/\s+/)

test('U-01 counts no address of this machine, of a private network or of a special purpose as public', () => {
  for (const address of words(inner)) assert.ok(!isPublicAddress(address), address)
})

test('U-01 counts nothing as public that is no plain address', () => {
  for (const text of [
    '',
    'example.test',
    '127.1',
    '0x7f000001',
    '2130706433',
    '8.8.8.8:443',
    '[2606:4700::1111]',
    '8.8.8.8 ',
    '2606:4700::1111%1',
  ])
    assert.ok(!isPublicAddress(text), text)
})

test('counts the neighbours of those networks as public', () => {
  for (const address of words(outer)) assert.ok(isPublicAddress(address), address)
})
